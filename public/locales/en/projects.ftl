### A project's proposal, number, steps and questions.

section-proposal = Proposal
field-brief = Brief description
field-recurring = Recurring project
field-previous-code = Code of the project before
field-scope = Scope
field-pillar = Pillar
field-blueprint = Blueprint
field-characteristic = Characteristic
field-action-line = Action line
field-connectivity = Connectivity or IAI key action
field-duration = Duration
field-sponsoring-body = Sponsoring body
field-endorsed-at = Endorsed at
field-cooperation = Nature of cooperation
field-intervention = Type of intervention
field-targets = Targets by year
field-actuals = Actuals by year
yes-no-yes = Yes
yes-no-no = No
scope-single-sector = Single sector
scope-cross-sector = Cross-sector
duration-under-6-months = Less than 6 months
duration-6-to-12-months = 6 to 12 months
duration-over-12-months = More than 12 months
pillar-apsc = ASEAN Political-Security Community
pillar-aec = ASEAN Economic Community
pillar-ascc = ASEAN Socio-Cultural Community
cooperation-confidence-building = Confidence building
cooperation-special-assistance = Special assistance
cooperation-joint-effort = Joint effort
cooperation-regional-integration = Regional integration or expansion
intervention-policy-initiative = Policy initiative
intervention-institutional-mechanism = Institutional mechanism
intervention-human-capacity-building = Human capacity building
brief-hint = One paragraph, at most 300 words.
brief-words = { $count ->
    [one] { $count } word of { $most }
   *[other] { $count } words of { $most }
}
alignment-hint = The key result area, measure or goal that this serves.
proposal-filled = { $filled } of { $total } fields filled
proposal-missing = { $count ->
    [one] { $count } field is missing
   *[other] { $count } fields are missing
}
proposal-note = A proposal can be discussed at any time; nothing has to be filled in first.
proposal-secretariat = Filled in by the Secretariat
proposal-secretariat-missing = Waits for the Secretariat: { $fields }.
by-secretariat = Not filled in yet
budget-hint = A wish, not a lock: whoever receives this project has the amount on their device. Do not write an amount here that not all of them may know.

## Number

reference-temporary = { $mark }, until the Secretariat gives a number
reference-same = Another project has this number too:
reference-next = Number to give
reference-assign = Assign number
reference-hint = A number is given once and never again. The next free one of this area is proposed.

## Steps

decided-at = Decided at
steps-title = { $count ->
    [one] { $count } step
   *[other] { $count } steps
}
steps-list = Steps of the status
step-at = at
step-stands = stands now
step-aside = Did not take effect: the status had moved on before it reached the hub.
publish-title = Publish a status
publish-reason = Reason to publish
publish-on = Date to publish
publish-on-hint = When it was decided, where that is not today. For example 18 November 2020, or 2020-11.
publish-hint = Published as soon as it is chosen, with the meeting, the date and the reason above.
history-classified = Filled in: { $field }

## Indicators by year

by-year = Year by year
by-year-table = Indicators by year, table
by-year-which = Target or actual
by-year-indicator = Indicator { $row }
by-year-cell = Indicator { $row }: { $field } { $year }

## Questions

comment-ask = Ask
questions-open = { $count ->
    [one] { $count } open question
   *[other] { $count } open questions
}
question-open = Open question
question-resolved = Resolved
question-resolved-by = Resolved by { $party }, { $when }
question-opened-by = Opened again by { $party }, { $when }
question-answer = Answer, for the record
question-resolve = Resolve
question-reopen = Open again

### Drafts of one's own delegation.

draft = Draft
draft-badge = Only your delegation
draft-badge-why = Nobody outside your delegation receives this, not even the Secretariat
drafts-title = Drafts of your delegation
drafts-done = { $count ->
    [one] { $count } submitted or discarded
   *[other] { $count } submitted or discarded
}
draft-new = Draft privately with my delegation
draft-new-hint = A proposal is seen by everybody at once. A draft stays in your delegation until it is approved and submitted.
section-clearance = Clearance in your delegation
draft-state-writing = Being drafted
draft-state-changed = Changed since it was approved
draft-state-returned = Returned
draft-state-approved = Approved
draft-state-withdrawn = Discarded
draft-state-submitted = Submitted
draft-writing = Before this can be submitted, a second person of your delegation approves it.
draft-changed = It was approved and says something else since. A second person approves it again.
draft-returned = A second person looked at this and returned it. Improve it, then ask for approval again.
draft-approved = This may be submitted as it stands. If anything is changed, it needs a new approval.
draft-withdrawn = This was discarded. Nothing is deleted: it can be taken up again.
draft-submitted = This is a project of the work plan now. The draft stays as it was, and only your delegation can read it.
draft-by-changed = Approved by { $who } before it was changed, { $when }.
draft-by-returned = Returned by { $who }, { $when }.
draft-by-approved = Approved by { $who }, { $when }.
draft-by-withdrawn = Discarded by { $who }, { $when }.
draft-by-submitted = Approved by { $who }, { $when }.
draft-writer = Last written by { $who }.
draft-not-you = Somebody else of your delegation approves it.
draft-officer = A Focal Point, Senior Official or Head of your delegation submits it.
draft-you = you
draft-colleague = { $role } ({ $device })
draft-late = Words were written here after it was submitted. They are not in the project.
draft-to-project = Open the project
draft-reason = Reason
draft-reason-hint = Needed to return or to discard the draft.
draft-step-approved = Approved
draft-step-returned = Returned
draft-step-withdrawn = Discarded
draft-step-resumed = Taken up again
draft-act-approved = Approve as it stands
draft-act-returned = Return
draft-act-withdrawn = Discard
draft-act-resumed = Take up again
draft-submit = Submit to the work plan
draft-submit-text = Everybody who reads the work plan will see this as a project proposed by you. How it was drafted stays in your delegation.
draft-submit-it = Submit

## Two proposals that are one

merge-into-question = Would go into:
merge-from-question = Would take in:
merge-agree-into = Agree: one project with it
merge-agree-from = { $leads ->
    [0] Agree: one project
    [one] Agree, with { $names } as co-lead
   *[other] Agree, with { $names } as co-leads
}
merge-waits = The lead of the other project agrees first: { $names }.
merged-into = Merged into
merged-from = Merged from
merged-on = This project goes on in:
lead-no-pen = { $party } leads this project too, and cannot write it yet.
lead-let = Let { $party } write

## The completion report

report-expected = A completion report is expected by { $date }.
report-expected-some = A completion report is expected within { $days } days of the end.
report-overdue = The completion report was expected by { $date }.
report-make = Add the completion report
field-outputs = Outputs
outputs-hint = What came of it, in one line.
field-participants-count = Participants
participants-count-hint = How many, and from where. For example 34 officials of 9 Member States.
