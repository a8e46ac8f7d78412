# What cannot be a schedule is refused by an error that names task, key and value; nothing changes.

try:
    import aioschedule
except ImportError:
    print("SKIP")
    raise SystemExit

aioschedule.schedule("t", start_in=5, repeat=10)
for options in (
    {},
    {"start_in": -1},
    {"start_in": "5"},
    {"start_in": [2030, 1, 2]},
    {"start_in": True},
    {"start_in": 5, "repeat": 0},
    {"start_in": 5, "repeat": -1},
    {"start_in": 5, "repeat": "10"},
    {"repeat": True},
    {"start_in": 0, "repeat": True},
    {"start_in": 1 << 70},
    {"start_in": float("nan")},
):
    try:
        aioschedule.schedule("t", **options)
        print("taken:", options)
    except ValueError as e:
        print(e)
    if aioschedule.group()["t"]["start_in"] != 5:
        print("changed")
for call in (
    lambda: aioschedule.schedule(),
    lambda: aioschedule.schedule("t", 5),
    lambda: aioschedule.schedule("t", at=5),
):
    try:
        call()
    except TypeError:
        print("TypeError")
print(sorted(aioschedule.group()["t"].items()))
