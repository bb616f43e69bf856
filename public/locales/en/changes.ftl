### What others did: the page, its lines, and the names of all fields.

changes-title = While you were away
changes-since = Since { $when }.
changes-since-joined = Since you joined.
changes-count = { $count ->
    [one] One change
   *[other] { $count } changes
} by { $parties ->
    [one] one delegation.
   *[other] { $parties } delegations.
}
changes-coming = { $count ->
    [one] One more document is being read.
   *[other] { $count } more documents are being read.
}
changes-empty = Nothing new
changes-empty-text = What other delegations do appears here, in plain words. Choose a day to read again what you have read.
changes-mark = Mark all as read
changes-marked = Marked as read, on all your devices.
changes-which = Which changes
changes-from = Since
changes-of = In
changes-everywhere = All plans and meetings
changes-unread = Only what is new
changes-only-ours = Only our projects
changes-somebody = Not known here
changes-decide = { $count ->
    [one] Said at the same time
   *[other] { $count } said at the same time
}
changes-new = { $count } new

change-new = New
change-changed = Changed
change-moved = Moved
change-merged = Merged with yours
change-both-hold = Both hold
change-at-once = Same time as yours
change-others = At the same time
change-withdrawn = Withdrawn
change-restored = Brought back
change-claimed = Claimed
change-decided = Done
change-made = New: { $kind }
change-moved-from = moved
change-now = Your item is now { $number }.
change-more = { $count ->
    [one] And in one more place.
   *[other] And in { $count } more places.
}
change-was = (before: { $before })
change-unknown = Something that this version of Mufakat cannot show.
change-from = from
change-to = to
change-times = { $count ->
    [one] once
   *[other] { $count } times
}
change-written = written { $when }
change-clock-ahead = written { $when } by the device’s clock, which is ahead
change-keep = Keep { $value }
change-restore = Bring it back
change-go-to = Go to it
change-chosen = Chosen. Both stay in the history.

history-names = Named versions
history-name = Name what is here now
history-name-hint = For example: Draft sent to the leads. It is found in the history by this name.
history-name-given = Named.
history-item = History of this item
history-paragraph = History of this paragraph

met = Written in one sentence by two
met-changes = To all that changed; marked as read there, it is settled here

wrote = Who wrote this
wrote-title = Who wrote this
wrote-by = { $who }, { $when }
wrote-ear = { $who }:
wrote-last = last { $when }
wrote-role = { $party }, { $role }
wrote-you = You
told-apart = { $name } …{ $id }

undo = Undo
redo = Redo
undo-group = Undo and redo
undo-of = Undo: { $what }
redo-of = Redo: { $what }
undo-more = { $what }, and { $count ->
    [one] one more
   *[other] { $count } more
}
undone = Undone: { $what }
redone = Done again: { $what }
undo-overtaken = Changed since
undo-overtaken-text = Somebody else has changed the same since. Undone, it says again what it said before you; what they wrote stays in the history.
undo-anyway = Undo anyway
redo-anyway = Do it again anyway
refusal-undo-none = There is nothing of yours to undo here.
refusal-redo-none = There is nothing of yours to do again here.
refusal-undo-fixed = This is on record and is not undone here. Make a new claim instead.

at-once-value = You wrote something else at the same time. Both are kept until one is chosen.
at-once-sentence = You both wrote in one sentence. Read what it says now.
at-once-claim = You claimed something else at the same time. Both are kept until the lead chooses.
at-once-withdrawn = It was withdrawn while you wrote in it. It stays withdrawn; your words are kept.
at-once-withdrawn-by = They wrote in it while you withdrew it. It stays withdrawn; their words are kept.
at-once-moved = You moved it at the same time. One place counts; nothing else is touched.
at-once-agreed = This was done while you wrote. It speaks of the words as they were before yours.
at-once-else = This was done at the same time as yours.
at-once-own = Yours: { $words }

others-value = { $who } wrote something else at the same time. Both are kept until one is chosen.
others-sentence = { $who } wrote in the same sentence at the same time. Read what it says now.
others-claim = { $who } claimed something else at the same time. Both are kept until the lead chooses.
others-withdrawn = It was withdrawn while { $who } wrote in it. It stays withdrawn; the words are kept.
others-withdrawn-by = { $who } withdrew it at the same time. It stays withdrawn; the words are kept.
others-moved = { $who } moved it at the same time. One place counts; nothing else is touched.
others-agreed = This was done while { $who } wrote. It speaks of the words as they were before.
others-else = { $who } did something at the same time.
others-said = { $who }: { $words }

settled-open = Question opened again
settled-resolved = Question resolved
agreed-agreed = Paragraph agreed
agreed-reopened = Paragraph opened again
answered-accepted = Suggestion taken
answered-declined = Suggestion declined
history-recorded-as = Recorded: { $outcome }
history-action = Action: { $state }
history-corrected = Corrected, to be read: { $words }
history-decided = Decision named

record = Record
record-items = Item
record-paragraphs = Paragraph
record-activities = Activity
record-indicators = Indicator
record-reports = Report
record-areas = Priority area
record-counts = Count
record-delegations = Delegation
record-comments = Comment
record-delegates = Delegate
record-proposals = Proposal
record-interventions = Intervention
record-notes = Note
record-parties = Party
record-agencies = Agency
record-memberships = Membership
record-officers = Officer
record-terms = Chair term
record-gatherings = Gathering

said-member = { $field }: { $member }
said-in = yes
said-out = no
member-in = In the list
member-out = Not in the list
said-another = another

field-abbreviation = Abbreviation
field-about = About
field-adopted-at = Adopted at
field-agency = Agency
field-agreed-hash = Agreed words
field-aliases = Other names
field-approximate = Approximate
field-arrival = Arrival
field-arrival-by = Arrival by
field-attended = Attended
field-available = Answer about a day
field-available-why = Why not
field-base = Words before
field-basis = Basis
field-body = Body
field-carried-from = Carried from
field-carries = Carries on
field-chair = Chair
field-chair-officer = Presiding officer
field-co-chair = Co-chair
field-completed = Completed
field-date-option = Day proposed
field-departure = Departure
field-departure-by = Departure by
field-diet = Diet
field-due = Due
field-effective-from = In effect from
field-end-time = Ends at
field-expected-action = Expected action
field-framework = Framework
field-from = From
field-gathering = Gathering
field-handed-over = Handed over
field-head = Head of delegation
field-honorific = Form of address
field-host = Host
field-inferred = Inferred
field-item = Item
field-item-kind = Kind of item
field-language = Language
field-meeting = Meeting
field-merge-from = Would take in
field-merge-into = Would go into
field-minutes = Minutes
field-name = Name
field-names = Name in other languages
field-native-name = Name in own script
field-needs = Needs
field-open-session = Open session
field-ordinal = Number
field-ordinal-plus3 = Number for ACCSM+3
field-organiser = Organiser
field-paper = Paper
field-parallel = Meeting beside it
field-party = Party
field-period = Period
field-plan = Plan
field-planned = Planned
field-platform-link = Link
field-predecessor = Follows
field-present = Present
field-previous = Plan before
field-proposals-until = Items may be proposed until
field-proposer = Proposed by
field-published-unit = Counted in
field-reply-to = Reply to
field-reports-to = Reports to
field-resolved = Resolved
field-session = Session
field-size = Size
field-sort-key = Sorted as
field-speaker = Speaker
field-start-time = Begins at
field-statement = Statement
field-stay = Stay
field-subject = Subject
field-summary = Summary
field-term = Chair term
field-text = Text
field-theme = Theme
field-themes = Theme in other languages
field-to = To
field-type = Type
field-verb = Verb
field-zone = Time zone

part-of-register = Parties and people
part-of-plan = Work plan
part-of-project = Project
part-of-draft = Draft
part-of-meeting = Meeting
part-of-session = Agenda and report
part-of-annotation = Annotated agenda
part-of-voice = Said by delegations
part-of-text = Text
part-of-consultation = Consultation
part-of-response = Response
part-of-logistics = Arrangements
part-of-person = Own record

history-of = History of { $title }
history-count = { $changes ->
    [one] One change
   *[other] { $changes } changes
} in { $sittings ->
    [one] one sitting.
   *[other] { $sittings } sittings.
}
history-sittings = Who wrote, and when
history-span = { $from } to { $to }
history-older = Show older ones ({ $count })
history-mine = You
history-unsent = On this device
history-step = A step in its life
history-show = Show this version
history-with-now = Compare with now
history-bring-back = Bring this version back
history-brought-back = Brought back, as a new change. Everything stays in the history.
history-compare = Compare two versions
history-before = From
history-after = To
history-now = As it is now
history-same = Nothing differs.
history-differs = What differs
history-version = As it was then
history-all = All changes, versions, and the way back
