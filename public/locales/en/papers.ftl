## Papers: files of a meeting and of the items of its agenda

documents-title = Documents
documents-empty = No papers yet
documents-empty-text = The Chair and the Secretariat add papers here, to the meeting or to an item of its agenda.
documents-of-meeting = The meeting as a whole
documents-named = Named on the agenda, without a file here
papers-list = Papers
papers-of-item = Papers of this item
papers-add = Add files
papers-drop = or drop them here. PDF, Word, Excel, PowerPoint, OpenDocument, images and text, up to 25 MB each.
papers-for = New papers belong to
papers-for-all = The session as a whole

paper-kind-pdf = PDF
paper-kind-docx = Word
paper-kind-xlsx = Excel
paper-kind-pptx = PowerPoint
paper-kind-odt = OpenDocument text
paper-kind-ods = OpenDocument sheet
paper-kind-png = Image (PNG)
paper-kind-jpeg = Image (JPEG)
paper-kind-webp = Image (WebP)
paper-kind-text = Text

paper-away = Not on this device
paper-missing = Not on the hub yet: it comes when its author is online
paper-waits = Waits to be fetched
paper-coming = Coming: { $percent } %
paper-kept = Kept offline
paper-here = On this device
paper-device = On this device, not on the hub yet
paper-sending = Going to the hub: { $percent } %
paper-open = Open
paper-save = Download
paper-get = Get
paper-again = Try again
paper-keep = Keep offline
paper-free = Remove from device
paper-about = About this paper
paper-about-of = About { $title }
paper-title = Title
paper-language = Language
paper-language-hint = A tag such as en, vi or km.
paper-write = Change
paper-withdraw = Withdraw the paper
paper-adding = { $name }: { $percent } % on this device
paper-not-added = { $name } was not added.

pack-title = Meeting pack
pack-of =
    { $count ->
        [one] One paper, { $size }.
       *[other] { $count } papers, { $size }.
    }
pack-none = None of it is on this device.
pack-here = { $here } of it is on this device.
pack-coming = { $here } of { $whole } is on this device.
pack-complete = All of it is on this device.
pack-progress = Papers on this device
pack-keep = Keep all papers offline
pack-free = Keep them no longer

refusal-file-type = Papers may be PDF, Word, Excel or PowerPoint without macros, OpenDocument, PNG, JPEG, WebP, plain text or CSV. This is something else, whatever its name says.
refusal-file-too-large = This file is larger than the hub allows.
refusal-file-empty = This file is empty.
refusal-file-unreadable = This file cannot be read. Perhaps it is a folder, or was moved.
refusal-file-hash = What arrived is not the file that was announced. Add it again.
refusal-file-damaged = The store of this browser lost a part of this file. Add it again from where you have it.
refusal-file-unsent = Only this device has this file. It can be removed once the hub has it.
refusal-file-away = This file is not on this device. Get it first.
refusal-file-again = This file was not brought whole. Add it again.
refusal-papers-full = The hub keeps no more files for this session. Withdraw what is not needed, and tell its operator.
refusal-offset = { refusal-hub-error }
refusal-range = { refusal-hub-error }
