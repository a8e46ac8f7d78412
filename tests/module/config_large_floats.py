# No float is stored that reads back as infinite: no later change could be stored then.

from _scratch import aioservice, enter, get, leave

if 1e300 == float("inf"):  # where floats have 32 bits the largest ones are others
    print("SKIP")
    raise SystemExit

enter("config_large_floats_scratch")
for number in (1.5e308, -1e308, 8.9e307, -8.9e307, 1e-320, 0.0):
    print(aioservice.config("a", True, number), aioservice.enable("b"))
    entry = aioservice.get_config("a")
    print(entry and abs(entry["args"][0] - number) <= abs(number) / 1e9)
leave("config_large_floats_scratch")
