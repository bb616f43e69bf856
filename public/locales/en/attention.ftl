### What somebody follows, what waits for them and is due, and what is told on the desktop.

follow = Follow
follow-why = Today says when others change something here. Only you know what you follow.
unfollow = Stop following
unfollow-of = Stop following { $title }

following-title = Changed in what you follow
following-none = You follow nothing yet
following-none-text = Press Follow on a project, a meeting or a paragraph of a report. What others change in it is counted here.
following-nothing = Nothing new since you last read.
following-changes = { $count ->
    [one] 1 change
   *[other] { $count } changes
}
following-count = { $count ->
    [one] You follow one thing
   *[other] You follow { $count } things
}
following-paragraph = Paragraph { $number }, { $title }
following-gone = A paragraph that was left out, { $title }
following-away = Something that is not on this device

wait-questions = { $count ->
    [one] A question waits for your answer
   *[other] { $count } questions wait for your answer
}
wait-questions-act = Answer
wait-days = { $count ->
    [one] Days were proposed: can you come?
   *[other] { $count } choices of days were proposed: can you come?
}
wait-days-act = Say when
wait-items = { $count ->
    [one] An item was proposed for the agenda
   *[other] { $count } items were proposed for the agenda
}
wait-items-act = Take or decline
wait-suggestions = { $count ->
    [one] A suggestion to the report waits for your answer
   *[other] { $count } suggestions to the report wait for your answer
}
wait-suggestions-act = Answer
wait-beside = { $count ->
    [one] Two wrote in one field at the same time
   *[other] In { $count } fields two wrote at the same time
}
wait-beside-act = Choose
wait-draft = A draft waits for a second pair of eyes
wait-draft-act = Read it
wait-proposals = You may propose items for the agenda
wait-overdue = { $count ->
    [one] Past its planned end and still open
   *[other] { $count } projects are past their planned end and still open
}
wait-report = { $count ->
    [one] No completion report yet
   *[other] { $count } completed projects have no completion report
}
wait-soon = { $count ->
    [one] Ends soon
   *[other] { $count } projects end soon
}
wait-unconfirmed = { $count ->
    [one] Nothing said of it for { $months } months
   *[other] Nothing said of { $count } projects for { $months } months
}
wait-open = Open

due-title = Due
due-by = by { $date }
due-first = the first by { $date }
due-until = until { $date }
due-late = Late
due-more = { $count ->
    [one] One more
   *[other] { $count } more
}

settings-notify = Notifications
settings-notify-desktop = On this device
settings-quiet = Quiet hours
notify-switch = Tell me
notify-askable = The browser will ask you once.
notify-allowed = The browser allows it.
notify-blocked = The browser blocks it.
notify-blocked-how = Open the browser’s settings for this site, beside its address, and allow notifications. Then come back.
notify-unsupported = This browser has no notifications here.
notify-hint = While Mufakat is open and you look elsewhere: how much changed in what you follow, at most every 15 minutes. No names, no words of a document.
notify-title = Mufakat
notify-digest = { $changes ->
    [one] 1 change
   *[other] { $changes } changes
} in { $things ->
    [one] one thing you follow
   *[other] { $things } things you follow
}
quiet-switch = Keep quiet
quiet-from = From
quiet-to = To
quiet-hint = By the clock of this device. What comes in these hours is told once, at their end.
