# Wherever the power fails in a change, the next reading finds the old or the new configuration, whole.

from _scratch import aioservice, os, clear, enter, leave, put


enter("config_power_cut_scratch")
older = b'{"older": {"enabled": true}}'
old = b'{"old": {"enabled": true}}'
new = b'{"new": {"enabled": true}}'
torn = new[:9]


# The files as a power cut leaves them, by their ending.
def check(what, files):
    clear()
    for ending, data in files:
        put("services.config" + ending, data)
    config = aioservice.get_config()
    print(what, config, config == aioservice.get_config(), [s[15:] for s in sorted(os.listdir())])
    # and changes go on from there
    print(aioservice.enable("more"), list(aioservice.get_config()))


# the first change ever
check("first, begun:", [(".new", b"")])
check("first, being written:", [(".new", torn)])
check("first, written:", [(".new", new)])
check("first, done:", [("", new)])

# a later one
check("begun:", [("", old), (".bak", older), (".new", b"")])
check("being written:", [("", old), (".bak", older), (".new", torn)])
check("written:", [("", old), (".bak", older), (".new", new)])
check("old one moved:", [(".bak", old), (".new", new)])
check("done:", [("", new), (".bak", old)])

# where a file system cannot replace, the .bak is removed first
check("old .bak removed:", [("", old), (".new", new)])

# while a broken file is put aside
check("broken, .bak moved:", [("", b"{"), (".new", old)])
check("broken moved:", [(".bad", b"{"), (".new", old)])
check("restored:", [(".bad", b"{"), ("", old)])

# an unfinished change does not come back when services.config is removed later
clear()
put("services.config", old)
put("services.config.new", new)
print(aioservice.get_config())
os.remove("services.config")
print(aioservice.get_config())

# services.config removed by hand is removed: the .bak is not taken
check("removed:", [(".bak", old)])

leave("config_power_cut_scratch")
