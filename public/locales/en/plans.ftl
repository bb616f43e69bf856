### The life of a work plan, and its end.

plan-views = Views of the plan
tab-table = Table
tab-timeline = Timeline
tab-overview = Overview
tab-life = Life cycle
tab-closing = Close-out

## Life cycle

life-steps = Steps in the life of this plan
life-no-record = No record of this step here
life-meeting = A meeting that is not on this device
life-by = recorded by
life-term = under Chair term { $ordinal }
life-frozen = { $count ->
    [one] { $count } project kept as it was, root
   *[other] { $count } projects kept as they were, root
}
life-waits = { $count ->
    [one] One version among them is not on the hub yet.
   *[other] { $count } versions among them are not on the hub yet.
}
life-freeze-again = Freeze again
life-freeze-again-text = If they will never come there, the plan can be frozen once more, as it is now. Say why.
life-aside = Steps that did not take effect
life-aside-text = They are kept as they were recorded.
life-met = was recorded when the plan had already moved: it stood at { $state }.
life-old-term = was recorded under Chair term { $ordinal }, which was not in effect when it reached the hub.
plan-return = Return to { $state }
step-meeting = Decided at
step-no-meeting = No meeting
step-on = Date
step-on-hint = Optional. Without it the date of the meeting is taken. For example 18 November 2020, or 2020-11.
step-freezes = Every project is kept as it is now, so that it can always be shown as it was at this moment.
step-reason-needed = Say why, or how this was decided without a meeting.

## Who writes the plan, and comparing versions

pen-title = Who writes the plan
pen-closed = The Secretariat and the Chair write the plan itself: its goal and its priority areas. Each lead writes its projects.
pen-open = Every focal point writes the plan itself for now, beside the Secretariat and the Chair.
pen-open-act = Open the pen to all focal points
pen-close-act = Close the pen
slip-title = Compare versions
slip-totals = { $before } before, { $after } after
slip-same = The two versions say the same.
slip-coming = Reading this version…
slip-none = The hub had nothing of this plan then.
slip-unset = Choose a day.
slip-missing = { $count ->
    [one] One project is not on this device, and so not counted here.
   *[other] { $count } projects are not on this device, and so not counted here.
}
version-before = Before
version-after = After
version-today = Today
version-day = On a day
version-day-which = Day
version-day-hint = What the hub had by the end of that day.
version-waiting = waits for the hub
version-name = Name a version
version-name-label = Name
version-name-hint = For example: as circulated to focal points. It names the plan as it is when the hub receives the name.
version-name-act = Give this name
slip-by-area = Totals by area
slip-by-lead = Totals by lead
slip-before = Before
slip-after = After
slip-n-added = Added
slip-n-removed = Removed
slip-n-changed = Changed
slip-n-moved = Moved in time
slip-added = Added ({ $count })
slip-removed = No longer in the plan ({ $count })
slip-changed = Changed ({ $count })
slip-later = Later
slip-earlier = Earlier
plan-today = { $count } today

## Numbers reserved

reserved-title = Reference numbers
reserved-text = This device can give the numbers that it has reserved without a network, and nobody else will give them. They are reserved at the hub, while it is in reach.
reserved-none = No number is reserved on this device.
reserved-block = { $first } and { $more } more
reserved-one = { $first }
reserved-list = Numbers reserved on this device
reserved-act = Reserve { $count } numbers of each area

## Timeline

timeline = Timeline of the projects
gantt-group = Grouped by
zoom = Divided into
zoom-year = Years
zoom-quarter = Quarters
zoom-month = Months
gantt-key = Key
gantt-planned = Planned
gantt-actual = Actual
gantt-slipped = Slipped
gantt-day = One day
gantt-plan-day = Planned for one day
gantt-carried = Carried over from an earlier plan
gantt-slip-from = Slip is counted from the first planned date
gantt-span = Timeline, { $from } to { $to }
gantt-quarter = Q{ $quarter }
gantt-today = Today
gantt-what = Project or activity
gantt-activity = Activity
gantt-add = Add dates
gantt-add-for = for { $title }
gantt-was-planned = planned { $span }
gantt-first-planned = first planned { $span }
gantt-later = later than first planned
gantt-goes-on = goes on
gantt-overdue = overdue
gantt-meetings = Meetings in these years
slip-quarters = { $count ->
    [one] +{ $count } quarter
   *[other] +{ $count } quarters
}
slip-months = { $count ->
    [one] +{ $count } month
   *[other] +{ $count } months
}
slip-days = { $count ->
    [one] +{ $count } day
   *[other] +{ $count } days
}

## Overview

tally-as-of = As of { $today }
tally-figures = In numbers
tally-of-lead = Only what { $lead } leads or co-leads
tally-adopted = As adopted
tally-as-adopted = { $count } as adopted
tally-today = In the plan today
tally-projects = Projects
tally-completed = Completed
tally-completed-rate = Completed, %
tally-ongoing = Ongoing
tally-ahead = Not begun
tally-ended = Ended otherwise
tally-unsettled = Not settled
tally-unsaid = No status
tally-percent = { $rate }%
tally-share = Share
tally-bar = As a bar
tally-attention = To look at
tally-choose-months = Not confirmed for
tally-months = { $months } months
tally-overdue = Overdue
tally-soon = Due in the next { $days } days
tally-report = Completed without a completion report
tally-report-late = Completion report late, more than { $days } days after the end
tally-unconfirmed = Not confirmed by their lead for { $months } months
tally-differs = Claimed otherwise than published
tally-by-status = By status
tally-by-status-note = With those withdrawn, returned or not included, which are not in the plan
tally-by-area = By priority area
tally-area-gone = An area that the plan no longer has
tally-by-lead = By lead
tally-shared = { $count ->
    [0] No project is led by more than one country.
    [one] One project is led by several countries. It is counted once in the total and once under each of them.
   *[other] { $count } projects are led by several countries. Each is counted once in the total and once under each of them.
}
tally-by-year = By year
tally-by-year-note = The year in which a project started or is to start
tally-year = Year
tally-by-funding = By source of funding
tally-funding = Source of funding
tally-no-funding = No source given
tally-note = Counted by the status that the Secretariat published, or else by the one claimed. Two claims that differ are not settled and counted as neither. Not begun is also what was put off; ended otherwise is what was carried over, cancelled or merged.

## What a plan in the making lacks

gaps = What is missing
gaps-note = Until the plan is adopted. Nothing of it stops anybody.
gaps-no-lead = Without a lead
gaps-no-dates = Without a planned start or end
gaps-no-funding = Without a source of funding
gaps-no-area = Without a priority area
gaps-areas = { $count ->
    [one] One priority area without a project
   *[other] { $count } priority areas without a project
}
gaps-areas-list = Priority areas without a project
gaps-alike = { $count ->
    [one] One pair of projects with titles that are alike
   *[other] { $count } pairs of projects with titles that are alike
}
gaps-alike-list = Projects with titles that are alike
merge-suggest = Suggest one project
merge-suggest-for = Suggest one project of { $first } and { $second }
merge-stays = Which one goes on
merge-text = Question to both leads
merge-question = These two seem to be one idea. Could you lead it together?
merge-hint = Both leads are asked on the pages of their projects. The lead of the one that goes on agrees first and takes the other as co-lead; then the other goes into it.
merge-ask = Ask both leads

## The rows of a number

only = Only what this number counts: { $what }
only-all = Show all
only-in-plan = in the plan
only-completed = completed
only-ongoing = ongoing
only-ahead = not begun
only-ended = ended otherwise
only-unsettled = status not settled
only-status = status { $status }
only-status-unsettled = two claims of status
only-status-none = no status
only-no-lead = nobody leads it
only-no-timeline = without a planned start or end
only-year = starts in { $year }
only-no-year = no date
only-funding = funded by { $source }
only-no-funding = no source of funding
only-overdue = overdue on { $today }
only-soon = due within { $days } days of { $today }
only-report = completed without a completion report
only-report-late = completion report late on { $today }: more than { $days } days after the end
only-unconfirmed = not confirmed by its lead for { $months } months on { $today }
only-differs = claimed otherwise than published

## Close-out

closing-go = Close-out
closing-text = Every project that was not completed needs one fate before the plan can be closed.
closing-open = { $count } without a fate
closing-tally = Projects by fate
closing-table = Projects not completed
closing-empty = Every project is completed
closing-empty-text = Projects that are not completed are listed here, each with what became of it.
closing-fate = Fate
closing-none = No fate yet
closing-claimed = claimed, not published
closing-successor = the next plan
closing-choose = Set fate
closing-choose-for = Set the fate of { $title }
closing-merged-into = Merged into
closing-carries = It becomes a proposal in { $plan }, with its title, lead, objective and outputs. You can go on writing there.
closing-publish = Publish { $status }
closing-publish-all = Publish all { $count }
closing-close = Close plan
closing-late = { $count ->
    [one] The plan is closed, and one project has no fate.
   *[other] The plan is closed, and { $count } projects have no fate.
}
closing-refused = This plan cannot be closed yet
closing-refused-text = { $count ->
    [one] This project has no fate yet.
   *[other] These { $count } projects have no fate yet.
}
next-plan = Goes on in
next-plan-none = The next plan is not started yet. Nothing can be carried over before.
next-plan-start = Start the next plan
next-plan-text = It begins with the areas, the goal and the enablers of this one. Everything can be changed there.
next-plan-from = First year
next-plan-to = Last year
