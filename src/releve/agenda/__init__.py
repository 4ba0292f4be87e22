"""The arithmetic of time: when a practice is open, which slots are free, who is next on the waiting list.

What it is: pure functions over integers (`spans`), from weekly rules in wall-clock time (`schedule`,
`opening`) to bookable starts (`availability`); working time and quiet hours; the reader of the JSON shapes
(`parse`).
May import: the standard library and `core`. No clock: `now` is always an argument.
In: schedules, occupied time, a query. Out: instants in UTC, or the reason why a start cannot be booked.
"""
