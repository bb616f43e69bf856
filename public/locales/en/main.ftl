# Mufakat in English: the shell, work plans, projects, settings. Meetings and people have a file of their own.
# A key is kept for ever once a translation exists; its words may change.

app = Mufakat
page-title = { $title } · { app }
skip = Skip to content
sample = Sample workspace. Titles, bodies and dates of meetings come from public sources, named on each record. What no source says is left empty.
crumbs = Breadcrumb
loading = Loading
close = Close
cancel = Cancel
print = Print
print-head = { $title } · as of { $today } · printed by { $party }, { $role }{ $unsent ->
    [0] {""}
    [one] {" "}· { $unsent } change on this device is not yet on the hub
   *[other] {" "}· { $unsent } changes on this device are not yet on the hub
}
reload = Reload
remove = Remove
got-it = Got it
you = You:
dash = –
none = None
nobody = Nobody
all = All
never = never
not-set = Not set
not-reported = Not reported
read-why = Read why

## Navigation

nav-main = Main
nav-today = Today
nav-plans = Work plans
nav-meetings = Meetings
nav-texts = Texts
nav-changes = Changes
nav-people = People
nav-settings = Settings
on-this-page = On this page

## Where the words are

mark-pending = Being kept on this device
mark-device = On this device
mark-hub = On the hub
mark-seen = { $count ->
    [0] On the hub, seen by no other delegation yet
    [one] Seen by { $count } delegation
   *[other] Seen by { $count } delegations
}
mark-refused = Refused by the hub, kept here
provisional = Provisional
provisional-why = Done on a device; the hub has not confirmed it yet
sync-name = Sync: { $link }, { $words }
sync-unsent = { $count ->
    [one] { $count } change on this device
   *[other] { $count } changes on this device
}
sync-unsent-words = { $count ->
    [one] change on this device
   *[other] changes on this device
}
sync-memory = { $count ->
    [one] { $count } change in memory only
   *[other] { $count } changes in memory only
}
sync-memory-words = { $count ->
    [one] change in memory only
   *[other] changes in memory only
}
sync-opening = opening what this device keeps
sync-opening-short = Opening
sync-writing = a change is being kept
sync-writing-short = Being kept
sync-sent = all changes on the hub
sync-sent-short = On the hub
sync-not-joined = no workspace on this device yet
sync-not-joined-short = No workspace yet
sync-now = Sync now
sync-settings = Sync settings
link-offline = Offline
link-connecting = Connecting
link-live = Live
link-http = Live
link-long-offline = offline
link-long-connecting = connecting
link-long-live = live
link-long-http = live by the slower road
panel-name = Sync in detail
panel-device-unsent = { $count ->
    [one] { $count } change waits to be sent. It is safe if you close the laptop.
   *[other] { $count } changes wait to be sent. They are safe if you close the laptop.
}
panel-device-writing = Your last change is being written to this device.
panel-device-memory = Nothing is kept on this device. Everything you wrote is on the hub.
panel-device-memory-unsent = { $count ->
    [one] { $count } change is in memory only. It is lost when the last window closes before it is sent.
   *[other] { $count } changes are in memory only. They are lost when the last window closes before they are sent.
}
panel-device-opening = What this device keeps is being opened.
panel-device-not-joined = This device has not joined a workspace yet.
panel-device-sent = Everything you wrote is kept here.
panel-hub-contact = Last answer { $moment }.
panel-hub-never = No answer yet.
panel-seen = Seen by delegations
panel-seen-why = Each record says how many delegations have stored it.
panel-refused = { $count ->
    [one] { $count } change was not accepted
   *[other] { $count } changes were not accepted
}

## Notices

notice-memory-only = This browser keeps nothing on this device.
notice-memory-only-text = What you write is lost when the last window closes. Save a copy of it, leave private browsing, or use another browser.
notice-store-back = The store of this browser opens again, and holds what was here before.
notice-store-back-text = What you write now is only in this window. Wait until all of it is sent, or save a copy, then reload.
notice-store-blocked = The store of this browser does not open yet.
notice-store-blocked-text = Another window of Mufakat may hold it. Close the other windows; this one goes on by itself.
notice-store-cleared = This browser has cleared what this device kept.
notice-store-cleared-text = What you see and write is only in this window now. Wait until all of it is sent, or save a copy, then reload and join again.
notice-store-newer = A newer version of Mufakat has worked on this device.
notice-store-newer-text = Nothing of it was changed. Reload to start the newer version; if this stays, connect and reload again.
notice-storage-newer = A newer version of Mufakat has the store of this browser. Your last change is not kept yet.
notice-storage-newer-text = Save a copy of it, then reload to start the newer version.
notice-device-damaged = This device no longer knows who it is.
notice-device-damaged-text = A part of its store is damaged. Your words are kept. Ask the Secretariat for a new link and join again: they are sent then.
notice-damaged = { $count ->
    [one] One document was damaged.
   *[other] { $count } documents were damaged.
}
notice-damaged-text = It is set aside and fetched again from the hub. What you wrote and have not sent is kept.
save-copy = Save a copy
saved-copy = The copy is with your downloads.
notice-revoked = This device may no longer sync.
notice-revoked-text = Its rights were taken away. What you wrote here stays readable; nothing is sent.
notice-cannot-sign = This browser cannot sign your words with the key of this device.
notice-cannot-sign-text = They are kept here and sent once it can. Reload the page; if this stays, copy your words and join again.
notice-storage-full = This device is full. Your last change is not kept yet.
notice-storage-full-text = Free some space and go on; the change is tried again.
notice-storage-lost = The store of this browser does not answer. Your last change is not kept yet.
notice-storage-lost-text = It is opened again and the change is tried again. If this stays, copy your words and reload.
notice-other-workspace = This hub has another workspace than this device.
notice-other-workspace-text = What you wrote stays on this device; nothing is sent to this hub. Ask the Secretariat which address is right.
notice-newer-document = You can read this, not change it.
notice-newer-hub = The hub is newer than this application.
notice-newer-hub-text = What you write is kept on this device. The new version sends it.
notice-older-hub = The hub is older than this application.
notice-older-hub-text = You can read everything. What you write is kept on this device until the hub is updated.
notice-second-tab = Mufakat is already open in another tab.
notice-second-tab-text = This browser can edit in one tab at a time. Close the other one to go on here.
notice-silent = Starting again.
notice-silent-text = A part of the application stopped answering. What you type is kept and goes on in a moment.
notice-offline = You are offline, and everything works.
notice-offline-text = What you write is kept on this device and goes out at the next connection.
notice-update = A new version is on this device.
notice-update-text = It starts in a second and keeps your work.
update-start = Start it now
update-later = Later
notice-loading = Getting your documents.
notice-loading-text = { $count ->
    [one] { $count } is still to come.
   *[other] { $count } are still to come.
}
notice-progress-text = { $done } of { $count } documents, { $size } of about { $total }. You can begin with what is here.
notice-refused = { $count ->
    [one] One change was not accepted.
   *[other] { $count } changes were not accepted.
}
notice-refused-text = Nothing is lost; your words are kept.
notice-held = { $count ->
    [one] One change of yours waits for your word.
   *[other] { $count } changes of yours wait for your word.
}
notice-held-text = Others may have moved on since. Look before it is sent.
closed-update = A new version is ready
closed-update-text = Another window started it, or this one is older. Your work is saved. Start it to go on.
closed-stopped = Something went wrong
closed-stopped-text = The application stopped to protect your work. What was marked as on this device is saved. Reload to go on where you were.
closed-unkept = { $count ->
    [one] The last change could not be saved. Look at it after you reload.
   *[other] The last { $count } changes could not be saved. Look at them after you reload.
}
closed-why = If it stops again, report this: { $why }

## Empty places

coming-title = On its way
coming = This page is on its way to this device.
coming-offline = This page is not on this device yet. It comes at the next connection.
absent-title = There is no such page for you
absent-text = It may not exist, or it may belong to another audience.
absent-back = Back to Today

## Refusals

refusal-not-a-writer = You may not change this.
refusal-read-only = This can only be read here.
refusal-newer-schema = This was written with a newer version of the application. Start the new version to edit it.
refusal-bad-value = This value cannot be stored here.
refusal-transition = This step is not possible from where it stands.
refusal-offline = This needs a connection to the hub. Try again when you are online.
refusal-invitation-unknown = The hub does not know this invitation. Check that the whole link was copied.
refusal-invitation-used = This invitation was already used by another device. Ask the Secretariat for a new one.
refusal-invitation-expired = This invitation has expired. Ask the Secretariat for a new one.
refusal-storage-full = This device is full. The change could not be kept.
refusal-storage-lost = The store of this browser was closed. Reload to go on.
refusal-unknown-document = This page is not shared with you now.
refusal-held = The hub lacks something this builds on. It goes out when that is there.
refusal-damaged = The store of this browser lost a part of this before it was sent. This is what can still be read of it.
refusal-needs-deps = The hub lost what this stands on and does not take it back.
refusal-put-aside = You looked at this and did not send it.
refusal-too-fast = Too many attempts from here. Wait a minute and try again.
refusal-busy = The hub is busy. Try again in a moment.
refusal-refused = The hub did not accept something that was written here. Your words are kept under Changes.
refusal-not-a-reader = This no longer belongs to your audience.
refusal-not-joined = This device has not joined a workspace yet. Open your invitation first.
refusal-device-revoked = This device may no longer sync, so nothing can be changed here. What you wrote stays readable.
refusal-revoked = { refusal-device-revoked }
refusal-unauthorised = The hub does not know this device any more. Join again with a new invitation.
refusal-forbidden = Your appointment does not allow this.
refusal-device-known = This device has already joined with another invitation.
refusal-device-unknown = The hub does not know this device.
refusal-party-unknown = The hub does not know this delegation.
refusal-other-workspace = This device already belongs to another workspace. Use another browser or profile for this one.
refusal-wrong-place = { refusal-other-workspace }
refusal-no-key = This browser can make no key at this address. Open the application under an address that begins with https.
refusal-proto = { notice-newer-hub } Reload to get the new version.
refusal-hub-error = The hub gave an answer that makes no sense here. Try again; if it stays so, tell its operator.
refusal-internal = The hub could not do this. Try again later, or tell its operator.
refusal-not-found = { refusal-hub-error }
refusal-method = { refusal-hub-error }
refusal-wrong-type = { refusal-hub-error }
refusal-not-claimable = This status cannot be claimed from the one that stands.
refusal-reason-missing = This needs a reason.
refusal-no-host = This meeting names no host yet.
refusal-meeting-missing = Name the meeting that decided this, or say in the reason how it was decided without one.
refusal-wrong-meeting = This is not decided at a meeting of that kind.
refusal-without-fate = The plan cannot be closed: some of its projects have no fate yet. They are listed under Close-out.
refusal-not-complete = Not every project of the plan is on this device yet. Wait until the documents have come, and try again.
refusal-own-words = You wrote here last. Somebody else of your delegation has to approve or return it.
refusal-not-approved = A second person of your delegation has to approve what stands here first.
refusal-changed-meanwhile = This was changed since you looked at it. Read it again.
refusal-submitted = This was submitted. It can only be read here now.
refusal-withdrawn = This was discarded. Take it up again first.
refusal-number-taken = This number was given to another project or is reserved on another device, or this project has another number.
refusal-not-agreed = The lead of the other project has not agreed yet.
refusal-unknown-entity = This is not there any more.
refusal-document-exists = This was already made, perhaps on another device.
refusal-exists = { refusal-document-exists }
refusal-bad-signature = The hub could not tell that these words come from this device. Copy them, and join again with a new invitation.
refusal-unvouched = The hub could not tell that it ever had this. It is kept on this device.
refusal-too-large = This is too long to be kept in one piece. Shorten it, or add it in parts.
refusal-too-many-ops = { refusal-too-large }
refusal-no-change = Nothing changes by this.
refusal-session-unknown = This field was opened anew. Type again.
refusal-fault = Something in the application went wrong with this change. Reload the page and try again.
refusal-unknown-field = { refusal-fault }
refusal-unknown-collection = { refusal-fault }
refusal-unknown-version = { refusal-fault }
refusal-bad-splice = { refusal-fault }
refusal-bad-document = { refusal-fault }
refusal-out-of-turn = { refusal-fault }
refusal-actor-behind = { refusal-fault }
refusal-fork = { refusal-fault }
refusal-foreign = { refusal-fault }
refusal-foreign-actor = { refusal-fault }
refusal-sequence = { refusal-fault }
refusal-malformed = { refusal-fault }
refusal-bad-checksum = { refusal-fault }
refusal-wrong-hash = { refusal-fault }
refusal-automerge = { refusal-fault }
refusal-other = This could not be done: { $why }

## Dates and numbers

month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
weekday = { $weekday ->
    [0] Sunday
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
   *[6] Saturday
}
date-year = { $year }
date-quarter = Q{ $quarter } { $year }
date-month = { month } { $year }
date-day = { $day } { month } { $year }
short-year = { $year }
short-quarter = Q{ $quarter } { $year }
short-month = { month-short } { $year }
short-day = { $day } { month-short } { $year }
date-span = { $from } to { $to }
date-from = from { $from }
date-until = until { $to }
time = { $hour }:{ $minute }
moment = { $day } { month } { $year }, { $time }
moment-today = today, { $time }
today = { weekday } { $day } { month } { $year }
bytes-b = { $count } bytes
bytes-kb = { $count } KB
bytes-mb = { $count } MB
bytes-gb = { $count } GB
period = { $from }-{ $to }

## Fields

kept = { $count ->
    [one] { $count } other version kept
   *[other] { $count } other versions kept
}
kept-title = Written at the same time
kept-why = Choose one; the others stay in the history.
kept-use = Keep this
kept-use-name = Keep this: { $value }
kept-leave = Keep this
kept-leave-name = Keep this, which is shown: { $value }
kept-base = Before: { $value }.
kept-reason = Why (recorded with the choice)
kept-third = To write something else, write it in the field: it takes the place of all of these.
kept-empty = Empty
missed = Meanwhile this became: { $value }
missed-use = Use it
when-example = For example Q1 2025, or a day
invalid-int = Write a whole number.
invalid-when = Write a year, a quarter such as Q4 2025, a month or a day.
invalid-link = A web address begins with https://
invalid-money = Write an amount such as 12500 or 12500.50.
add-party = Add a party
add-language = Add a language
add-word = Add
remove-word = Remove { $word }
in-language = In { $language }
language-vi = Vietnamese
language-km = Khmer
language-th = Thai
language-lo = Lao
language-my = Burmese
language-id = Indonesian
language-ms = Malay
language-tl = Filipino
language-pt = Portuguese
language-zh = Chinese
language-ja = Japanese
language-ko = Korean
language-en = English
field-title = Title
field-titles = Title in other languages
field-kind = Kind
field-objective = Objective
field-expected-outputs = Expected outputs
field-progress-note = Progress note
field-challenges = Challenges
field-remarks = Remarks
field-lead = Lead
field-co-leads = Co-leads
field-partners = Partners
field-implementing-agency = Implementing agency
field-participation = Participating Member States
field-participants = Participants
field-participation-reason = Reason for this list
field-area = Priority area
field-key-result = Key result
field-venue = Venue
field-mode = Mode
field-funding-source = Source of funding
field-budget-amount = Budget
field-budget-currency = Currency
field-budget-visibility = Meant for
field-alignment = Alignment
field-proposal-code = ASEAN proposal code
field-merged-into = Merged into
field-confirmed = Confirmed
field-documents = Documents
field-sources = Sources
field-source-note = Note on the source
field-start = Start
field-end = End
field-city = Place
field-status = Status
field-note = Note
field-baseline = Baseline
field-target = Target
field-actual = Actual
field-unit = Unit
field-narrative = Report
field-evidence = Evidence
field-made-for = Made for
field-as-of = As of
field-goal = Goal
field-enablers = Enablers
field-adopted = Adopted
field-published-total = Total published at adoption
field-code = Code

## Words of the field

framework-accsm = ACCSM
framework-accsm-plus3 = ACCSM+3
role-secretariat = Secretariat
role-focal-point = Focal Point
role-senior-official = Senior Official
role-head = Head of Civil Service
role-drafter = Drafter
role-host = Organising Committee
role-observer = Observer
role-and-chair = { $role }, in the Chair
status-proposed = Proposed
status-under-consideration = Under consideration
status-included = Included
status-planned = Planned
status-ongoing = Ongoing
status-completed = Completed
status-postponed = Postponed
status-returned = Returned
status-withdrawn = Withdrawn
status-not-included = Not included
status-carried-over = Carried over
status-cancelled = Cancelled
status-merged = Merged
project-kind-project = Project
project-kind-activity = Activity
project-kind-initiative = Initiative
project-kind-programme = Programme
activity-kind-workshop = Workshop
activity-kind-study = Study
activity-kind-training = Training
activity-kind-forum = Forum
activity-kind-meeting = Meeting
activity-kind-other = Other
mode-in-person = In person
mode-online = Online
mode-hybrid = Hybrid
participation-all = All
participation-list = Some, with the reason
budget-visibility-lead-and-secretariat = The lead and the Secretariat
budget-visibility-accsm = ACCSM
budget-visibility-everyone = Everyone
plan-state-drafting = Drafting
plan-state-consultation = Consultation
plan-state-fp-cleared = Cleared by Focal Points
plan-state-som-endorsed = Endorsed by SOM
plan-state-hcs-adopted = Adopted by HCS
plan-state-in-force = In force
plan-state-mid-term-reviewed = Mid-term review
plan-state-final-reviewed = Final review
plan-state-closed = Closed

## Work plans

plans-title = Work plans
plans-facts = Each plan has its own list of areas. A project belongs to one plan and is carried over, never moved.
plans-empty = No work plan on this device yet
plans-empty-text = Work plans come from the hub. They appear here as they arrive, and stay when you are offline.
plan-projects = Projects
plan-total-projects = { $total } as adopted, { $here } on this device
plan-total-activities = { $total } activities as adopted, { $here } on this device
plan-here = { $here } on this device
plan-adopted = adopted { $date }
plan-by-status = Projects by status
cycle = Life cycle: { $state }, step { $step } of { $steps }

## A plan

projects = Projects
filters = Filters
filter-lead = Lead
filter-status = Status
filter-area = Priority area
filter-with-plus3 = With Plus Three
filter-with-accsm = With ACCSM
filters-clear = Clear filters
search = Search
column-number = No.
column-title = Project or activity
column-lead = Lead
column-time = Timeline
column-status = Status
column-remarks = Remarks
column-confirmed = Confirmed
column-sync = Sync
legend-seen = seen by so many delegations
plan-adopted-on = Adopted { $date }
plan-as-adopted-projects = { $total ->
    [one] { $total } project as adopted
   *[other] { $total } projects as adopted
}
plan-as-adopted-activities = { $total ->
    [one] { $total } activity as adopted
   *[other] { $total } activities as adopted
}
plan-two-claims = { $count ->
    [one] { $count } status with two claims
   *[other] { $count } statuses with two claims
}
plan-empty = No project in this work plan yet
plan-empty-text = Each Focal Point adds the projects their country will lead. They appear here as they arrive.
plan-no-match = No project matches
plan-filters-set = { $count ->
    [one] One filter is set.
   *[other] { $count } filters are set.
}
plan-about = About this work plan
plan-form = Work plan
plan-areas = Areas
plan-areas-none = This plan has no areas yet.
plan-move = Move to { $state }
plan-move-title = Move this plan to { $state }?
area-none = No priority area yet
area-empty = No title in public sources.
area-counted = { $total } counted in { $date }: { $completed } completed, { $planned } planned. Their titles are not in public sources.
group-sum = { $count ->
    [one] project
   *[other] projects
}
group-fold = Fold { $title }
no-dates = No dates
time-actual = Held { $span }
slip = { $count ->
    [one] +{ $count } quarter
   *[other] +{ $count } quarters
}
untitled = No title yet
carried-over-row = Carried over from an earlier plan
project-new = New project
project-new-hint = Everything else is filled in on the project's own page.
project-propose = Propose this project

## A project

project = Project
project-form = Project
lead-of = , lead
as-published = , as published
report-status = Report status
section-summary = Summary
section-status = Status
section-schedule = Schedule
section-parties = Parties
section-indicators = Indicators
section-funding = Funding
section-place = Place in the plan
section-activities = Activities
section-reports = Status reports
section-documents = Documents
section-sources = Sources
section-comments = Comments
schedule-note = Slip is counted from the first planned date, which is never overwritten
reports-note = Reports are added, never changed
title-hint = English is the canonical title.
confirmed-hint = The date for which the lead last confirmed that all of this stands.
currency-hint = A three-letter code, for example USD.
field-actual-start = Actual start
field-actual-end = Actual end
reference = Reference number
reference-none = Assigned by the Secretariat
carried-from = Carried over from
carried-to = Carried over to
inferred = Part of this record is inferred; the note says what and why.
indicators-table = Indicators, table
activities-table = Activities, table
indicator-cell = Indicator { $row }: { $field }
activity-cell = Activity { $row }: { $field }
indicator-add = Add an indicator
activity-add = Add an activity
rows-none = None yet.
withdraw = Withdraw
withdraw-it = Withdraw { $title }
withdrawn-count = { $count ->
    [one] { $count } withdrawn
   *[other] { $count } withdrawn
}
restore = Bring back
restore-it = Bring back { $title }
reports-none = No report yet.
report-add = Add a report
report-status-label = Status reported
report-evidence-label = Evidence for this report
report-made-for = { $as_of }, for { $meeting }
report-evidence = Evidence: { $evidence }
history = History
history-none = Nothing has been claimed or decided yet.
# When it was written down, by the clock of the device it was written on.
history-recorded = Recorded { $when }
history-claimed = Claimed
history-published = Published
history-date = { $what }: { $date }
history-no-date = no date
history-moved = Moved to { $to }
history-reordered = Order fixed
history-fixed = Date fixed: { $date }
history-named = Version named: { $name }

## Claims

claimed-by-lead = Claimed by the lead
published = Published
published-label = Published status
published-none = Not published
claims-none = Nothing claimed yet
claims-two = two claims
claims-count = { $count } claims
claims-lead-decides = The lead decides
claims-title = { $count ->
    [2] Two different statuses were reported
   *[other] { $count } different statuses were reported
}
claims-both-kept = All are kept. The published status stays { $status } until one is chosen; the others remain in the history with your reason.
claims-both-kept-unpublished = All are kept until one is chosen; the others remain in the history with your reason.
claims-keep = Keep { $status }
claims-reason = Reason, for the record
by = By
when = When
reason = Reason
optional = Optional
status-hint = What the lead reports. Completed asks for a completion report within 60 days.
status-choose-first = Opens again when a claim is kept.
status-two = Choose a claim first
evidence-hint = On what the next status rests; it goes with it.
why-title = Why { $status }?
why-hint = The reason is kept with the claim and shown in the history.
claim-it = Claim { $status }

## Comments

comments-none = No comment yet.
comment-label = Your comment
comment-say = Add comment
comment-withdrawn = Withdrawn

## Today

needs-you = Needs you
needs-none = Nothing needs you now
needs-none-text = What waits for your decision or your answer appears here.
need-claims = { $title }: { $claimed }.
need-choose = Choose a status
mine = Projects led by { $party }
mine-none = Your party leads no open project
mine-none-text = Projects that your party leads appear here until they are completed.
last-confirmed = last confirmed { $date }
never-confirmed = never confirmed
meetings-next = Next meetings
meetings-past = Latest meetings
meetings-none = No meeting on this device yet.
meetings-all = All meetings
this-device = This device
today-aside = Calendar and device
device-offline-ready = Works with no network
storage-kept = The browser will not clear it
storage-may-clear = The browser may clear it.
storage-why = Why
welcome = Welcome to Mufakat
welcome-facts = Work plans and meetings of the ASEAN Cooperation on Civil Service Matters, also with no network.
welcome-title = This device has not joined yet
welcome-text = Open the link of your invitation in this browser, or paste it here. The ASEAN Secretariat gives invitations.
list-and = {" and "}
list-comma = {", "}

## Joining

join-open = Join with an invitation
join-title = Join
join-facts = This takes a minute and a connection. After it, everything works without one.
join-link = Invitation link
join-link-hint = The whole link, as you received it.
join-next = Next
join-device = A name for this device
join-device-hint = Your party and the Secretariat see it in the list of devices.
join-device-default = Laptop
join-device-on = Computer, { $platform }
join-keep = Ask the browser never to clear what is kept on this device
join-do = Join and make ready for offline use
join-asking = Joining
join-retry = Try again
join-not-you = Not you? Close this page; the invitation stays unused.
join-joined = This device has joined
join-joined-text = You work for { $party } in { $workspace }.
join-go = Go to Today

## Texts, and what waits for its author

texts-facts = Statements, declarations and guidelines.
texts-empty = No text is being negotiated
texts-empty-text = Texts come with a later version. Then the paragraphs of each text stand here, with the proposals of every delegation side by side.
held-read = Look at it
held-title = Not sent yet: look at these first
held-text = These changes are older than 14 days, or were made on something adopted since. Compare them with what the page says now, then send them or put them aside. Later changes of the same page wait with them.
held-since = { $count ->
    [one] One change, made { $moment }.
   *[other] { $count } changes, the first made { $moment }.
}
held-overtaken = What they are about was adopted meanwhile.
held-send = Send
held-put-aside = Put aside
copy-words = Copy the words
offer-again = Send it again
offered-again = It is in its document again and goes to the hub.
copied = Copied.
copy-failed = The browser did not allow copying. Select the words and copy them.
dismiss = I have read it

## Settings

settings-facts = Changes are kept as you make them.
settings-you = You
settings-look = Language and look
settings-device = This device
settings-sync = Sync
settings-update = Version
settings-acting = Acting for
settings-not-joined = This device has not joined yet.
settings-role = Role
settings-chair = In the Chair
settings-chair-of = { $framework }, term { $ordinal }
settings-workspace = Workspace
settings-devices = Your devices
settings-language = Language
language-here = English
language-hint = Canonical texts stay in English; translations stand beside them.
settings-colours = Colours
theme-system = As the system
theme-light = Light
theme-dark = Dark
settings-tables = Tables
density-comfortable = Comfortable
density-compact = Compact
settings-device-name = Name
settings-storage = Storage
storage-unknown = This browser does not say whether it keeps it
storage-hint = Installed applications are kept by every browser.
storage-used = { $used } used of { $quota } allowed.
storage-ask = Ask to keep it
settings-install = Installed
install = Install
install-done = Yes, this is the installed application.
install-text = Install it, and it opens from your desktop, also with no network.
install-menu = Not in this window. Your browser's menu may offer it.
settings-kept = Kept here
documents-of = { $kind }: { $count }
documents-none = No documents yet
documents-bytes = { $size } with what waits to be sent.
settings-hub = Hub
settings-number = Number { $cursor }, nothing missing.
settings-behind = { $behind ->
    [one] Number { $cursor }, { $behind } entry still to come.
   *[other] Number { $cursor }, { $behind } entries still to come.
}
settings-road = Road
settings-road-offline = None now. Everything works and waits here.
settings-road-connecting = Connecting
settings-road-live = The fast one
settings-road-http = Plain HTTP; the network here blocks the faster one
settings-unsent = Unsent
settings-all-sent = Nothing waits on this device.
settings-version = This version
version-this = { $build }
version-two = { $build }, with an engine of { $engine }
settings-new-version = New version
version-waits = One is on this device and waits. It starts when you say so, never over unsaved work.
version-newest = None is waiting.
version-look = Look for one
kind-register = registers
kind-plan = work plans
kind-project = projects
kind-draft = drafts
kind-meeting = meetings
kind-session = sessions
kind-annotation = annotated agendas
kind-voice = voices
kind-text = texts
kind-consultation = consultations
kind-response = responses
kind-logistics = arrangements
kind-person = own records
