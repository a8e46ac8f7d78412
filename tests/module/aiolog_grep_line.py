# _grep(pattern, line), which asyncmd's aiostats asks.

try:
    import aiolog
except ImportError:
    print("SKIP")
    raise SystemExit

log = aiolog.AioStream(100)
for pattern in "*\\[a.service\\]*", "*[a.service]*", ["no", "*a.service*"], "a.service", "*b*", ["x", "y"]:
    print(log._grep(pattern, "x [a.service] y\n"), log._grep(pattern, "x [a.service] y"))
print(log._grep("*y", "x y\n"), log._grep("*y", ""), log._grep("*", ""))
try:
    log._grep("*", 3)
except TypeError as error:
    print(error)
