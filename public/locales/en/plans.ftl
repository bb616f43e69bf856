### The life of a work plan, and its end.

plan-views = Views of the plan
tab-table = Table
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

## As adopted and today

slip-title = As adopted, and today
slip-totals = { $adopted } as adopted, { $today } today
slip-by-area = Totals by area
slip-by-lead = Totals by lead
slip-before = As adopted
slip-after = Today
slip-n-added = Added
slip-n-removed = Removed
slip-n-changed = Changed
slip-n-moved = Moved in time
slip-added = Added since ({ $count })
slip-removed = No longer in the plan ({ $count })
slip-changed = Changed since ({ $count })
slip-later = Later
slip-earlier = Earlier
plan-today = { $count } today

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
only-year = ends in { $year }
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
