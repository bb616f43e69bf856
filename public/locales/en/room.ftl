# Mufakat in English: who is in a meeting now.

## Who is here

room-name = In this meeting now
room-present = { $count ->
    [0] No other delegation is here now
    [one] { $count } other delegation is here now: { $names }
   *[other] { $count } other delegations are here now: { $names }
}
room-alone = Nobody else is here now.

## Who leads

room-follow = Follow { $party }
room-at-paragraph = is at item { $item }, paragraph { $number }
room-at-opening = is at paragraph { $number }
room-at-release = is at paragraph { $number } of the media release
room-at-item = is at item { $item }
room-nobody-leads = Nobody leads on screen.
room-leads = leads the meeting
room-go = Go there
room-lead = Lead on screen
room-lead-hint = Others can follow where you are.
room-lead-stop = Stop leading
room-you-lead = You lead: others can follow where you are.
room-followed = You follow { $party }.
room-left = You no longer follow, because you write.
room-present-start = Present
room-present-stop = Stop presenting

## Speakers

floor-title = Speakers
floor-open = Speakers: { $count ->
    [0] none
   *[other] { $count }
}
floor-ask = Ask for the floor
floor-ask-back = Take it back
floor-asked = You have asked for the floor.
floor-none = Nobody has asked for the floor.
floor-spoken = has spoken
floor-next = next
floor-speaking = speaks for
floor-over = over time
floor-give = Give the floor
floor-give-name = Give the floor to { $party }
floor-remove-name = Take { $party } off the list
floor-end = End the turn
floor-clear = New list
floor-add = Add a delegation
floor-limit = Time for each
floor-limit-none = No limit
floor-limit-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
