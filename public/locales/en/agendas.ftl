# Mufakat in English: when meetings are, how they belong together, and what delegations propose for their agendas.
# A key is kept for ever once a translation exists; its words may change.

## The list and the year

tab-list = List
tab-calendar = Calendar
calendar-none = No meeting
calendar-some-time-quarter = Some time in the quarter
calendar-some-time-year = Some time in the year
calendar-year-before = { $year }
calendar-year-after = { $year }
calendar-planned = planned for { $date }
calendar-file = Calendar file
calendar-file-of = Calendar file of the { $term }

## Dates and mode

meeting-zone-told = ({ $zone })
meeting-own-time = { $from } to { $to } your time
meeting-own-from = { $from } your time
meeting-join = Join the video conference
meeting-planned = planned first for { $date }
meeting-planned-later = { $days ->
    [one] planned first for { $date }: { $days } day later
   *[other] planned first for { $date }: { $days } days later
}
meeting-planned-earlier = { $days ->
    [one] planned first for { $date }: { $days } day earlier
   *[other] planned first for { $date }: { $days } days earlier
}
meeting-date-beside = Another version of the app wrote { $date } as the first day.
meeting-history = Dates and mode: how they came to be
meeting-was-planned = Planned first
meeting-is-now = Now
meeting-moved = Moved to { $to }; it was { $was }
meeting-fixed = Date fixed: { $to }
mode-changed = Mode: { $to }
mode-changed-from = Mode changed to { $to }; it was { $was }
not-applied = Not applied: it could not follow
options-title = Dates proposed
options-hint = Each delegation says on which of these days it can come. The Chair or the Secretariat fixes the date.
options-none = Nobody has proposed days yet. Every delegation can answer for each proposal, also offline.
options-propose = Propose days
options-days = Days
options-said = What delegations say
options-own = Our answer
options-act = Fix or take back
options-day-hint = A day: 5 August 2026
options-no-day = Give the days in full, such as 5 August 2026.
options-known = These days are proposed already.
options-fix = Fix
options-fix-these = Fix { $days }
options-take-back = Take back { $days }
options-taken-back = { $days }: taken back. Proposed again, they find what was answered.
options-answer = Our answer for { $days }
options-unsaid = Not said
options-why = Why not on { $days }
options-why-short = Why not? A holiday, for example.
options-because = ({ $why })
options-can = { $count } available
options-cannot = { $count } not available
options-unclear = { $count } unclear
options-unclear-one = Unclear
options-own-unclear = Two of our officers answered differently. Choose once more.
options-silent = { $count ->
    [one] One delegation has not answered
   *[other] { $count } delegations have not answered
}
date-answer-available = Available
date-answer-not-available = Not available

dates-change = Dates and mode
dates-record = Record the change
dates-state = The date is
dates-open = As it stands
dates-time-hint = Such as 09:00, on the clocks of the time zone below.
dates-reason-hint = Asked for when a date or the mode is changed. Everyone who sees this sees the reason.
dates-no-day = Write the first day.
dates-no-time = Write a time such as 09:00.
dates-backwards = It would end before it begins.
dates-no-zone = Choose the time zone of these times.
dates-no-reason = Write why: it was said otherwise before.
dates-no-change = Nothing is changed.
refusal-bad-dates = A meeting needs a first day, an end after its beginning, and a time zone for its times.
dates-over = This meeting is over, or was given up.

## Meetings that belong together

meeting-ordinal = Ordinal
meeting-ordinal-hint = Such as 24. It is written as you say, never counted.
meeting-no-ordinal = Write a whole number, or leave it empty.
meeting-predecessor = Follows
meeting-followed = Followed by
meeting-reports-to = Reports to
meeting-reported = Hears the report of
meeting-parallel = Beside it
meeting-beside = Meeting of ACCSM+3
meeting-beside-text = A meeting of ACCSM+3 beside this one, with the items of this agenda that are not for a closed session. Their titles are then seen by the Plus Three countries too; papers, minutes and everything else stay here.
meeting-open = Open session
meeting-open-of = Open session of
meeting-open-text = A meeting of its own that everyone with an account sees, observers too, with the items of this agenda that are marked as open. Items that are not, papers, minutes and everything else stay here.
meeting-follow = Next meeting
meeting-follow-text = A new meeting of the same kind, with the agenda of this one to begin with. This one stays as it is.

## An adopted agenda

amend-title = Change the adopted agenda
amend-text = The meeting adopted this agenda. A change is recorded with its reason, and listed for everyone.
amend-reason-hint = Needed. Everyone who sees the agenda sees the reason.
amend-record = Record the change
amend-item = Change in session
amended-list = Changed in session
amended-some = The agenda was changed
amended-order = { $title }: from { $was } to { $is }
amended-add = Added: { $title }
amended-withdraw = Taken off: { $title }
amended-restore = Put back: { $title }
amended-title = { $was } is now called { $is }
amended-change = { $title }: { $field } was { $was }, is { $is }

## Proposals

proposals = Proposed items
proposals-until = Proposals until
proposals-until-date = Delegations propose items until { $date }. What comes later is shown as late.
proposals-any-time = Delegations may propose items.
proposals-none = No delegation has proposed an item.
proposal-make = Propose an item
proposal-send = Propose it
proposal-title-hint = In English, as it would stand on the agenda.
proposal-language = Also in
proposal-other-title = Title in that language
proposal-place = Where
proposal-own-item = As an item of its own
proposal-under = under item { $number }
proposal-why = Why
proposal-will-be-late = The date was { $date }. Your proposal will be shown as late.
proposal-take = Put on the agenda
proposal-take-it = Put on the agenda: { $title }
proposal-decline = Decline
proposal-decline-it = Decline: { $title }
proposal-withdrawn = (withdrawn)
proposal-state-open = Open
proposal-state-taken = On the agenda
proposal-state-declined = Declined
arrival-in-time = In time
arrival-late = Late
arrival-waiting = Not on the hub yet

## The annotated agenda

note-label = For the Chair
note-hint = Only the Chair and the Secretariat have this note.
note-add = Note for the Chair
note-add-to = Note for the Chair at: { $title }
