# Mufakat in English: meetings and people.
# A key is kept for ever once a translation exists; its words may change.

copy = Copy
key-alt = Alt
key-ctrl = Ctrl
key-enter = Enter
key-up = ↑
key-down = ↓
comments-count = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}

## Meetings

meetings-title = Meetings
meetings-facts = By gathering, the latest first. A meeting that is postponed stays the same meeting.
meetings-alone = Other meetings
meetings-empty = No meeting on this device yet
meetings-empty-text = Meetings come from the hub. They appear here as they arrive, and stay when you are offline.
meeting-new = New meeting
meeting-create = Call the meeting
meeting-no-date = Date not set
meeting-items = { $count ->
    [one] agenda of { $count } item
   *[other] agenda of { $count } items
}
meeting-chair = Chair:
meeting-host = Host:
meeting-zone = ({ $zone } time)
meeting-term = { $ordinal ->
    [1] 1st ACCSM
    [2] 2nd ACCSM
    [3] 3rd ACCSM
    [21] 21st ACCSM
    [22] 22nd ACCSM
    [23] 23rd ACCSM
    [31] 31st ACCSM
    [32] 32nd ACCSM
    [33] 33rd ACCSM
   *[other] { $ordinal }th ACCSM
}
meeting-comments = Comments
meeting-facts = Meeting facts
meeting-field-type = Type
meeting-field-framework = Framework
meeting-field-start = First day
meeting-field-end = Last day
meeting-field-start-time = Begins at
meeting-field-end-time = Ends at
meeting-field-zone = Time zone
meeting-field-city = City
meeting-field-platform-link = Link to the video conference
meeting-field-language = Working language
meeting-field-chair = Chair
meeting-field-chair-officer = Officer in the chair
meeting-field-host = Host
meeting-field-organiser = Organiser
meeting-field-theme = Theme
meeting-field-statement = Statement
meeting-start-hint = A year, a month such as May 2026, or a day.
meeting-move = Next step
meeting-move-to = Move the meeting to
act-reason = Reason
act-reason-hint = Optional. Everyone who sees this sees the reason.
act-hint = Provisional until the hub confirms it.
act-record = Record: { $state }

tabs-name = Meeting
tab-agenda = Agenda
tab-report = Report
tab-delegations = Delegations
tab-documents = Documents
tab-decisions = Decisions
tab-release = Media release

meeting-type-focal-points = Focal Points Meeting
meeting-type-focal-points-plus3 = ACCSM+3 Focal Points Meeting
meeting-type-preparatory = Preparatory Meeting
meeting-type-som = Senior Officials’ Meeting
meeting-type-som-plus3 = ACCSM+3 Senior Officials’ Meeting
meeting-type-hcs = Heads of Civil Service Meeting
meeting-type-hcs-plus3 = ASEAN+3 Heads of Civil Service Meeting
meeting-type-hcs-retreat = Heads of Civil Service Retreat
meeting-type-good-governance-forum = Good Governance Forum
meeting-type-psti-heads = Heads of Public Service Training Institutes
meeting-type-workshop = Workshop
meeting-type-special = Special meeting
meeting-state-proposed = Proposed
meeting-state-date-confirmed = Date confirmed
meeting-state-invited = Delegations invited
meeting-state-documents-out = Documents sent
meeting-state-in-session = In session
meeting-state-adjourned = Held
meeting-state-report-circulated = Report circulated
meeting-state-report-adopted = Report adopted
meeting-state-closed = Closed
meeting-state-postponed = Postponed
meeting-state-cancelled = Cancelled
session-kind-closed = Closed: Member States and the Secretariat
session-kind-open = Open: with partners and observers
session-kind-ceremonial = Ceremonial
session-kind-courtesy-call = Courtesy call
audience-public = For everyone with an account
audience-accsm = For ACCSM: Member States and the Secretariat
audience-accsm-plus3 = For ACCSM+3: Member States, China, Japan, the Republic of Korea and the Secretariat
audience-party = For { $party } only
audience-person = For you only
audience-chair = For the Chair and the Secretariat
audience-host = For the host and the Secretariat
audience-meeting = For the parties of this meeting

## The agenda

agenda-list = Agenda
agenda-title-draft = Draft agenda
agenda-title-provisional = Provisional agenda
agenda-title-adopted = Adopted agenda
agenda-title-amended-in-session = Agenda as changed in session
agenda-state-draft = Draft
agenda-state-provisional = Provisional
agenda-state-adopted = Adopted
agenda-state-amended-in-session = Changed in session
agenda-life-draft = being written
agenda-life-provisional = sent to the delegations
agenda-life-adopted = by the meeting; its order is frozen
agenda-life-amended-in-session = by the Chair, recorded
agenda-about = About the agenda
agenda-life = Life of the agenda
agenda-none = No agenda that you may see
agenda-none-text = This meeting has no session for your delegation on this device yet.
agenda-empty = Nothing is on this agenda yet.
agenda-empty-write = Nothing is on this agenda yet. Add the first item below.
agenda-frozen-hint = This agenda is adopted. Every change of it is recorded with its reason.
agenda-item-title = Title of the item
agenda-new-title = Title of a new item
agenda-new-item = New item
agenda-add = Add an item
agenda-add-under = Add an item under this one
agenda-added = Added: { $title }
agenda-tip = move the item you are on
move-up = Move up: { $title }
move-down = Move down: { $title }
agenda-moved = { $title } is now item { $number }, on an agenda of { $total } lines.
agenda-more = More about: { $title }
agenda-kind = What it is about
agenda-action = Expected action
agenda-minutes-label = Minutes
agenda-session = Session
agenda-proposer = Proposed by
agenda-speaker = Speaker
agenda-spoken = Speaker: { $speaker }
agenda-minutes = { $minutes } min
agenda-until = to { $hours } h { $minutes }
agenda-total = { $hours ->
    [0] { $minutes } min in all
   *[other] { $hours } h { $minutes } min in all
}
agenda-withdraw = Withdraw this item
agenda-withdraw-text = The item leaves the agenda. It stays below the list with its reason, and can be restored.
agenda-withdrawn = { $count ->
    [one] { $count } withdrawn item
   *[other] { $count } withdrawn items
}
agenda-send = Send as provisional
agenda-adopt = Adopt the agenda
agenda-back = Back to draft
item-kind-adoption-of-agenda = Adoption of the agenda
item-kind-arrangement = Arrangements
item-kind-wp-review = Review of a work plan
item-kind-wp-new = New work plan
item-kind-decisions-of-other-meetings = Decisions of other meetings
item-kind-preparation = Preparation of meetings
item-kind-statement = Statement
item-kind-arc = ASEAN Resource Centres
item-kind-psti = Training institutes
item-kind-country-sharing = Country sharing
item-kind-other-matters = Other matters
item-kind-next-meeting = Next meeting
item-kind-adoption-of-report = Adoption of the report
item-kind-closing = Closing
item-kind-other = Other
expected-action-for-information = For information
expected-action-for-notation = For notation
expected-action-for-discussion = For discussion
expected-action-for-endorsement = For endorsement
expected-action-for-adoption = For adoption
item-state-proposed = Proposed
item-state-on-provisional = On the provisional agenda
item-state-adopted = Adopted
item-state-open = Open
item-state-concluded = Concluded
item-state-deferred = Deferred
item-state-withdrawn = Withdrawn
item-state-not-taken-up = Not taken up
item-act-on-provisional = Put on the provisional agenda
item-act-adopted = Mark as adopted
item-act-open = Open the item
item-act-concluded = Conclude the item
item-act-deferred = Defer the item
item-act-not-taken-up = Mark as not taken up

## The report

report-draft = Draft report
report-contents = Items of the report
report-opening = Opening
report-nothing = Nothing is reported yet.
report-one = ¶ { $number }
report-range = ¶ { $first }-{ $last }
report-tip = new paragraph
report-the-meeting = The Meeting
para-name = Paragraph { $number }
para-add = Paragraph
para-add-decision = Decision
para-add-action = Action
para-add-name = { $what }: add to { $item }
para-verb = Verb
para-text = Text of the paragraph
para-kind = Kind of paragraph
para-empty = Empty paragraph
para-withdraw = Withdraw this paragraph
para-withdraw-text = The paragraph leaves the report. It is kept below its item with the reason, and can be restored.
paras-withdrawn = { $count ->
    [one] { $count } withdrawn paragraph
   *[other] { $count } withdrawn paragraphs
}
paragraph-kind-discussion = Discussion
paragraph-kind-decision = Decision
paragraph-kind-action = Action
paragraph-kind-reservation = Reservation
paragraph-kind-intervention = Intervention
paragraph-kind-release = Media release
verb-noted = noted
verb-took-note-with-appreciation = took note with appreciation of
verb-exchanged-views = exchanged views on
verb-agreed = agreed
verb-endorsed = endorsed
verb-adopted = adopted
verb-approved = approved
verb-requested = requested
verb-tasked = tasked
verb-encouraged = encouraged
verb-welcomed = welcomed
verb-congratulated = congratulated
verb-deferred = deferred

## Delegations, documents, decisions

delegation-party = Delegation
delegation-size = People
delegation-head = Head of delegation
paper-delegates = Delegates
paper-no-delegates = No delegation is recorded.
delegation-roll = Attendance
delegation-kept = Kept
delegation-new = Choose a delegation
delegation-add = Add the delegation
delegation-withdraw = Withdraw what is recorded of the delegation of { $party }
delegation-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
delegations-count = { $count ->
    [one] { $count } delegation
   *[other] { $count } delegations
}{ $people ->
    [0] {""}
    [one] , { $people } person
   *[other] , { $people } people
}
delegations-attended = { $count } attended on { $date }
delegations-order = In the order of seats and of the roll call: the Chair’s delegation apart, members by their English names, the Plus Three, guests, and the Secretariat at the Chair’s side.
delegation-in-person = { $count } in person
delegation-online = { $count } by video
delegation-hybrid = { $count } both ways
delegation-unsaid = { $count } not said
delegation-day = Day of the attendance
delegation-present = { $party } answered the roll call
delegation-answered = Present
delegation-attended = { $count } of { $of }
seat-chair = In the Chair
seat-member = Member
seat-plus-three = Plus Three
seat-guest = Guest
seat-secretariat = At the Chair’s side
part-head = Head of delegation
part-alternate = Alternate
part-member = Member
field-part = Place in the delegation
delegation-own = Your delegation
delegation-own-hint = You write this list, and nobody outside your delegation does. Everybody in this meeting reads it.
delegate-name = Name
delegate-native = Name in its own script
delegate-honorific = Honorific
delegate-title = Title
delegate-there = Attended
delegate-attended = { $name } attended
delegate-remove = Remove { $name }
delegate-new = Name of the next person
delegate-add = Add to the delegation
delegate-added = Added as: { $part }
delegate-no-head = Nobody leads the delegation. Say who is its head.
delegate-heads = { $count } people lead the delegation. Say which one is its head.
delegate-twice = { $name } is in the list twice.
logistics = For the host alone
logistics-hint = When your people arrive, where they stay and what they need. Only your delegation and { $host }, the host, ever receive this.
logistics-own-host = Your delegation is the host. Only you receive what stands here of your own people.
logistics-no-host = The meeting names no host yet. Once it does, you can tell the host when your people arrive and what they need.
logistics-open = Tell { $host }
logistics-before = You told this to { $before } while they were the host. { $host } has not been told. What you wrote comes along.
logistics-arrival = Arrives
logistics-arrival-by = Arrives by
logistics-departure = Leaves
logistics-departure-by = Leaves by
logistics-stay = Stays at
logistics-diet = Diet
logistics-needs = Other needs
logistics-host = What delegations tell you as the host
logistics-told = Told of { $count } of { $of } people
moment-example = 2026-08-03 14:30
invalid-moment = Write a day, and a time if you know it, as 2026-08-03 14:30.
decisions-empty = No decision is recorded
decisions-empty-text = A paragraph of the report whose kind is Decision appears here, with the item under which it was taken.

## People

people-title = People
people-facts = Delegations in English alphabetical order. A person acts for a party under a dated appointment.
people-empty = Nobody is known on this device yet
people-empty-text = Delegations come from the hub. They appear here as they arrive.
people-members = Member States
people-members-of = ACCSM
people-plus-three = Plus Three
people-plus-three-of = ACCSM+3
people-others = Partners and organisations
people-others-of = By invitation
people-secretariat = Secretariat
people-secretariat-of = Both frameworks
people-delegation = Delegation
people-agency = Agency
people-focal-points = Focal points
people-seen = Has seen
people-you = you
people-never = no contact yet
people-all-seen = all seen
people-to-come = { $count ->
    [one] { $count } record to come
   *[other] { $count } records to come
}
people-last = Last contact
people-unseen = Has not seen yet
people-chair = Chair of { $framework }, term { $ordinal }
people-observes = Observer in { $framework }
people-observes-since = Observer in { $framework } since { $date }
people-names = Names
people-memberships = Takes part as
people-membership = { $status } of { $framework }
people-terms = Terms in the Chair
people-term = { $framework } { $ordinal }
people-officers = Officers
people-no-officers = No officer has joined yet.
people-no-device = No device yet
people-appointed = Appointed { $dates }
people-you-are = You
people-this-device = this device
people-revoked = may no longer sync
people-unnamed-device = A device
people-chairs = Chair
people-yours = Your delegation and the Chair
membership-member = Member
membership-observer = Observer
membership-partner = Partner
membership-guest = Guest
invite = Invite
invite-title = Invite an officer
invite-party = For
invite-role = As
invite-days = The link works for
invite-for-days = { $count } days
invite-make = Make the link
invite-once = The link is shown only now. Hand it to the person by a road you trust; it works once.
invite-link = Link
device-further = Add a device
device-further-hint = A second computer or a telephone acts for you, with your own rights.
device-further-text = You get a link. Open it on your other device within { $count } days; it works once.
device-further-once = The link is shown only now. Open it on your own other device: whoever opens it acts as you.
invite-copied = Copied
invite-copy-failed = The browser did not allow it. Select the link and copy it by hand.
revoke = Revoke
revoke-name = Revoke { $device }
revoke-text = { $device } will receive and send nothing any more. What it already has stays on it. This cannot be undone; the person can join again with a new invitation.
revoke-text-this = This is the device you are using. It will receive and send nothing any more. What it already has stays on it. This cannot be undone.
revoke-it = Revoke the device
revoke-done = The device may no longer sync.
refusal-frozen = This agenda is adopted. Only the Chair changes it, in session and with a reason.
