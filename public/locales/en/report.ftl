# Mufakat in English: reports of meetings, decisions and actions.
# A key is kept for ever once a translation exists; its words may change.

someone = Somebody

## The life of a report

report-title = Report
report-agreed = { $agreed } of { $of } paragraphs agreed
report-left = { $count ->
    [one] { $count } paragraph is not agreed yet
   *[other] { $count } paragraphs are not agreed yet
}
report-life = Steps of the report
report-freezes = The report is kept exactly as it stands on this device. What is written later is shown, and is no part of it.
report-adopters = Adopted by
report-adopted-by = { $count ->
    [one] { $count } delegation:
   *[other] { $count } delegations:
}
report-recorded = Recorded by
report-root = Fingerprint
report-state-drafting = Being drafted
report-state-shown = Before the meeting
report-state-agreed = Agreed
report-state-adopted = Adopted
report-state-ad-referendum = Sent for adoption
report-state-final = Final
report-act-drafting = Back to drafting
report-act-shown = Show it to the meeting
report-act-agreed = All paragraphs are agreed
report-act-adopted = Adopt the report
report-act-ad-referendum = Send it for adoption
report-act-final = Make it final
annexes = Annexes
annex = Annex { $number }
annex-delegates = List of delegates
annex-agenda = Agenda as adopted
annex-file = Fingerprint of the file: { $hash }

## Paragraphs

para-draft = Draft
para-agree = Agree
para-agreed = Agreed
para-agreed-by = Agreed by { $party }, { $when }
para-changed = Changed since
para-was-agreed = { $party } agreed other words here on { $when }.
para-changed-by = { $party } changed them on { $when }.
para-reopen = Open it again
para-more = Paragraph { $number }: suggestions, comments and more
para-item = Item of the agenda
para-up = Move up
para-down = Move down
para-party = Party of the paragraph
para-due = Due date
para-recorded = (recorded by the rapporteur)

## Words of a party of its own

own-intervention = Our intervention
own-reservation = Our reservation
own-words-intervention = What your delegation said, in its own words
own-words-reservation = What your delegation reserves, in its own words
own-put = Put it into the report

## Suggestions

suggest = Suggest a change
suggest-words = The paragraph as you would have it
suggest-send = Suggest these words
suggest-delete = Suggest leaving it out
suggest-delete-told = To leave this paragraph out.
suggestions = { $count ->
    [one] { $count } suggestion
   *[other] { $count } suggestions
}
suggestion-amend = Other words
suggestion-delete = Leave out
suggestion-answer = Answer in a few words
suggestion-accept = Take these words
suggestion-decline = Decline
suggestion-accepted-by = Taken by { $party }, { $when }
suggestion-declined-by = Declined by { $party }, { $when }
suggestion-outdated = The paragraph was changed after this was suggested.
suggestion-withdrawn = This suggestion was withdrawn.

## After adoption

later-words = Written later: not part of the adopted text
later-withdrawn = This paragraph was withdrawn.
later-added = Written after the adoption
corrigendum-add = Record a corrigendum
corrigendum-of = Corrigendum to paragraph { $number }
corrigendum-short = Corrigendum
corrigendum-reads = Corrigendum: read
corrigendum-field = To be read instead
corrigendum-text = The adopted text stays as it is. The corrigendum is shown with it, with who recorded it and when.
corrigendum-record = Record the corrigendum

## Decisions and actions

points-rising = For adoption
points-decisions = Decisions
points-actions = Actions
points-earlier = Open from earlier meetings
points-overdue = { $count ->
    [one] { $count } overdue
   *[other] { $count } overdue
}
point-item = item { $number }
point-due = due { $date }
point-overdue = Overdue
point-withdrawn = Withdrawn since
point-up = Goes up to
point-decided = Decided by this:
point-carry = Carry it on in this report
level-focal-points = Focal points
level-senior-officials = Senior officials
level-heads = Heads of civil service
outcome-pending = For adoption
outcome-adopted = Adopted
outcome-noted = Noted
outcome-amended = Adopted with changes
outcome-returned = Returned
outcome-act-pending = Take the result back
outcome-act-adopted = Adopt
outcome-act-noted = Note
outcome-act-amended = Adopt with changes
outcome-act-returned = Return
outcome-words = In which words, or why
outcome-by = Recorded by { $party }, { $when }
outcome-changed = The decision says something else now than when this was recorded.
outcome-aside = { $count ->
    [one] Another result was recorded at the same time and does not count.
   *[other] { $count } other results were recorded at the same time and do not count.
}
action-status-open = Open
action-status-ongoing = Begun
action-status-done = Done
action-act-open = Open it again
action-act-ongoing = It is begun
action-act-done = It is done
action-by = Said by { $party }, { $when }
action-note = What was done, in a few words
actions-mine = Actions of { $party }
actions-others = Actions of others
decided-by = Decision of that meeting
decision-none = No decision named
decision-number = Decision in paragraph { $number }
decision-unnumbered = Decision of the meeting
refusal-report-adopted = This report is adopted. What it says is changed only by a corrigendum now.
refusal-not-all-agreed = Not every paragraph is agreed as it stands.
refusal-report-not-complete = Not all of this report is on this device yet. Wait until it has come, and try again.

## On paper

paper-body-accsm = ASEAN Cooperation on Civil Service Matters (ACCSM)
paper-body-accsm-plus3 = ASEAN Cooperation on Civil Service Matters with China, Japan and the Republic of Korea (ACCSM+3)
paper-ordinal = { $ordinal ->
    [1] 1st { $meeting }
    [2] 2nd { $meeting }
    [3] 3rd { $meeting }
    [21] 21st { $meeting }
    [22] 22nd { $meeting }
    [23] 23rd { $meeting }
    [31] 31st { $meeting }
    [32] 32nd { $meeting }
    [33] 33rd { $meeting }
   *[other] { $ordinal }th { $meeting }
}
paper-foot = { $paper } · { $meeting }
paper-truth = As on this device on { $when }. Printed by { $party }, { $role }.{ $unsent ->
    [0] {""}
    [one] {" "}{ $unsent } change on this device is not yet on the hub.
   *[other] {" "}{ $unsent } changes on this device are not yet on the hub.
}
paper-annotated = Annotated agenda
paper-print-annotated = Print with the notes
paper-documents = List of documents
paper-item = Agenda item { $number }: { $title }
paper-own = { $party } ({ $kind }):
paper-document = Document
paper-file-name = File
paper-for-item = Agenda item
paper-at = Where
paper-point = What
paper-stands = How it stands

## The media release

release-text = Written beside the report and no part of it. It is given out once the Chair has cleared every paragraph; a later change opens that paragraph again.
release-none = No media release yet
release-none-text = The Chair and the Secretariat write it.
release-cleared = Cleared by the Chair
release-cleared-by = Cleared by { $party }, { $when }
release-not-cleared = Not cleared yet
release-clear = Clear
release-para-cleared = Cleared
release-was-cleared = { $party } cleared the release as it stood on { $when }.
release-clear-all = Clear all of it
release-copied = Copied.
release-copy-failed = This browser did not let us copy. Mark the text and copy it yourself.
release-copy = Copy the release
release-add = Paragraph
release-from-decisions = Begin with the decisions
