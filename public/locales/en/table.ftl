# The table of a plan's projects: columns, keys, rows chosen, cells copied and pasted.

column-reference = Reference no.
column-area = Priority area
column-kind = Kind
column-objective = Objective
column-outputs = Expected outputs
column-indicators = Indicators
column-start = Start
column-end = End
column-agency = Implementing agency
column-partners = Partners
column-funding = Source of funding
column-note = Progress note
# Tells rows apart when a copied table comes back.
column-id = Mufakat id
columns = Columns
columns-shown = { $shown } of { $all }
columns-hint = Kept on this device. Long texts show their beginning.
columns-reset = As at first
column-up = Move { $column } forward
column-down = Move { $column } back
co-leads-with = with

group-by = Group by
group-area = Priority area
group-lead = Lead
group-status = Status
group-year = Year of end
group-funding = Source of funding
group-none = Nothing
lead-none = No lead
status-none = No one status
year-none = No dates
funding-none = No source of funding

grid-help = Arrow keys move from cell to cell. Enter writes in a cell, Escape leaves it as it was. Space chooses a row, Shift with an arrow key chooses several, Control and A all. Control and Enter opens the project.
cell-not-written = This column is filled in by itself.
cell-not-yours = Another party leads this project.
edit-taken-back = Taken back: { $words }
edit-choice-taken-back = The choice was taken back.
edit-kept = Saved as you typed it.

pick-row = Choose { $title }
pick-all = Choose all rows
pick-none = Choose none
picked = { $count ->
    [one] { $count } row chosen
   *[other] { $count } rows chosen
}
picked-acts = With the rows chosen
copy-rows = Copy
copied-rows = { $count ->
    [one] { $count } row copied
   *[other] { $count } rows copied
}
copied-cell = Cell copied
copy-refused = This browser does not let us copy. Press Control and C in the table.

bulk-claim = Claim status
bulk-claim-title = { $count ->
    [one] Claim a status for { $count } row
   *[other] Claim a status for { $count } rows
}
bulk-area = Set priority area
bulk-area-title = { $count ->
    [one] Set the priority area of { $count } row
   *[other] Set the priority area of { $count } rows
}
bulk-publish = Publish status
bulk-publish-title = { $count ->
    [one] Publish a status for { $count } row
   *[other] Publish a status for { $count } rows
}
bulk-will = { $count ->
    [0] It will be done for no row.
    [one] It will be done for { $count } row.
   *[other] It will be done for { $count } rows.
}
bulk-wont = { $count ->
    [one] { $count } row stays as it is:
   *[other] { $count } rows stay as they are:
}
bulk-do = { $count ->
    [one] Do it for { $count } row
   *[other] Do it for { $count } rows
}
bulk-done = { $count ->
    [one] { $count } change made
   *[other] { $count } changes made
}
bulk-refused = { $count ->
    [one] { $count } change was not made
   *[other] { $count } changes were not made
}
left-same = { $count } already so
left-not-yours = { $count } led by another party
left-two-claims = { $count } with two claims, which the lead decides
left-transition = { $count } where it cannot follow
left-not-claimable = { $count } where it is not the lead's to claim

paste = Paste
paste-title = Paste from a spreadsheet
paste-label = Cells copied from a spreadsheet
paste-hint = The first row names the columns, with a title, reference number or Mufakat id in each row. Cells alone go where the cursor is. Empty cells change nothing.
paste-sum = { $cells ->
    [0] Nothing would change.
    [one] { $cells } cell would change.
   *[other] { $cells } cells in { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    } would change.
} { $same ->
    [0] {""}
    [one] { $same } cell says so already.
   *[other] { $same } cells say so already.
}
paste-changes = What would change
paste-column = Column
paste-change = Old and new
paste-unknown = Columns that are not known here: { $columns }
paste-left = { $count ->
    [one] { $count } is left out:
   *[other] { $count } are left out:
}
paste-more = and { $count } more
paste-do = { $cells ->
    [one] Change { $cells } cell
   *[other] Change { $cells } cells
}
left-line = Row { $line }
left-out-no-row = No project has this id, number or title.
left-out-several-rows = Several projects have this title.
left-out-twice = This cell is there twice.
left-out-not-understood = This is not understood.
left-out-not-written = This column is filled in by itself.
left-out-long = Only the beginning of this long text is in the table. Change it on the project's page.
left-out-same = It says so already.
left-out-not-yours = Another party leads this project.
left-out-two-claims = Two claims stand, which the lead decides.
left-out-transition = This status cannot follow.
left-out-not-claimable = This status is not claimed in a table.
cell-claimed = claimed:
