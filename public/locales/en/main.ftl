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
sync-sent = all changes on the hub
sync-sent-short = On the hub
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
notice-memory-only-text = What you write is lost when the window closes. Leave private browsing, or use another browser.
notice-revoked = This device may no longer sync.
notice-revoked-text = Its rights were taken away. What you wrote here stays readable; nothing is sent.
notice-storage-full = This device is full. Your last change is not kept yet.
notice-storage-full-text = Free some space and go on; the change is tried again.
notice-newer-hub = The hub is newer than this application.
notice-newer-hub-text = Start the new version to sync again. Your work is kept.
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
notice-refused = { $count ->
    [one] One change was not accepted.
   *[other] { $count } changes were not accepted.
}
notice-refused-text = Nothing is lost; your words are kept.
closed-update = A new version is ready
closed-update-text = Another window started it, or this one is older. Your work is saved. Start it to go on.
closed-stopped = Something went wrong. Your work is saved.
closed-stopped-text = The application stopped to protect it. Reload to go on where you were.

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
refusal-busy = The hub is busy. Try again in a moment.
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
kept-leave = Leave as it is
kept-empty = Empty
missed = Meanwhile this became: { $value }
missed-use = Use it
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
field-participation-reason = Reason
field-area = Priority area
field-key-result = Key result
field-venue = Venue
field-mode = Mode
field-funding-source = Source of funding
field-budget-amount = Budget
field-budget-currency = Currency
field-budget-visibility = Who sees the budget
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
