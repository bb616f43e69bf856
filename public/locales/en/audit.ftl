### The log of the hub, for the Secretariat.

audit-title = Log of the hub
audit-facts = Every change that the hub took or refused: whose it was and when, never what it says.
audit-count = { $count ->
    [one] One entry.
   *[other] { $count } entries.
}
audit-open = Log of the hub
audit-not-yours = The log is for the ASEAN Secretariat
audit-not-yours-text = Your appointment does not allow this. What others wrote in documents that you may read is under Changes, and in the history of each document.
audit-lines = Entries, the newest first
audit-which = Which entries
audit-party = Delegation
audit-any-party = All
audit-outcome = Outcome
audit-any-outcome = All
audit-outcome-accepted = Accepted
audit-outcome-refused = Refused
audit-from = From
audit-to = To
audit-everything = Show everything
audit-document = Document
audit-person = Person
audit-device = Device
audit-unknown = not known here
audit-not-only = Not only this: { $what }
audit-only = Only this one
audit-only-document = Only this document
audit-number = Number
audit-when = When
audit-what = What
audit-hub = The hub
audit-unnamed = Device
audit-refused-line = Refused
audit-withheld = Something that you may not read: another delegation’s or person’s own
audit-what-of = { $what }: { $kind }
audit-older = Older ones
audit-asking = Asking the hub …
audit-again = Try again
audit-offline = The log is on the hub
audit-offline-text = It is kept there and on no device. You can read it as soon as the hub can be reached.
audit-refused = The hub did not show its log
audit-empty = Nothing fits
audit-empty-text = No entry of the log is what you asked for.
audit-save = Save as file
audit-saving = { $count ->
    [one] One line so far
   *[other] { $count } lines so far
}
audit-saved = Saved among your downloads.

audit-check = Is it whole?
audit-check-hint = The hub reads its log from the first entry to the last: no number may be missing, and each entry must be the one that its hash names.
audit-verify = Verify
audit-checking = Entry { $entries } of { $head }
audit-whole = Whole: { $entries ->
    [one] one entry
   *[other] { $entries } entries
} without a gap, each as its hash names it. { $documents ->
    [one] One document was loaded.
   *[other] { $documents } documents were loaded.
}
audit-checked = Verified { $when }.
audit-check-failed = The log could not be read to its end. Tell the operator of the hub.
audit-faults = { $count ->
    [one] One thing is wrong.
   *[other] { $count } things are wrong.
} Tell the operator of the hub.
audit-entry = Entry { $number }:
audit-wrong-missing = numbers are missing beside it.
audit-wrong-unreadable = it does not read.
audit-wrong-hash = it is not the one that its hash names.
audit-wrong-stamp = from here on the chain of entries is broken.
audit-wrong-order = it is not in its place.
audit-wrong-writer = it does not come from whom it names.
audit-wrong-base = it stands on something that is not there.
audit-wrong-snapshot = its packed document does not hold what it should.
audit-wrong-document = the document cannot be loaded whole.
audit-wrong-other = something beside the log is damaged.

audit-what-change = Change
audit-what-workspace = Workspace begun
audit-what-member = Membership
audit-what-term = Term in the Chair
audit-what-appoint = Appointment
audit-what-end = Appointment ended
audit-what-device = Device joined
audit-what-owner = Whose a device is
audit-what-revoke = Device taken away
audit-what-doc = New
audit-what-grant = Right to write given
audit-what-ungrant = Right to write ended
audit-what-reserve = Numbers reserved
audit-what-number = Number given
audit-what-fact = Something that does not read

audit-why-not-a-writer = Not theirs to write
audit-why-revoked = The device has no rights
audit-why-unknown-document = No such document for them
audit-why-bad-document = A document that cannot be
audit-why-document-exists = It was there already
audit-why-exists = It was there already
audit-why-number-taken = The number was given before
audit-why-superseded = Something later counts
audit-why-bad-signature = Not signed by this device
audit-why-foreign = Of another device
audit-why-foreign-actor = Of another device
audit-why-fork = Two stores of one device
audit-why-sequence = Not in its turn
audit-why-malformed = It did not read
audit-why-wrong-hash = Not what its hash names
audit-why-too-large = Too large
audit-why-too-many-ops = Too large
audit-why-unsound = It does not fit its document
audit-why-unvouched = Never taken by this hub
audit-why-other = Refused: { $why }
