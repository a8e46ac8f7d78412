"""The example services do what their README says, and two of them what users of asyncmd expect.

Each section of the README whose ```text blocks have lines `>>> COMMAND` is one session, in a copy of the folder.
"""

import json
import os
import re
import shutil

from session import SERVICES, TOP, FolderTest, masked, simple_service
from test_readme import as_pattern, blocks

EXAMPLES = f"{TOP}/examples/services"
STARTED = "watcher", "devop", "blink", "logs", "meter", "cleanup", "careful", "sampler"

# What the sessions below begin with. `task` and `state` are of a service; `until` waits for what has to come,
# and is patient: a machine may be slow.
PRELUDE = """\
import asyncio, aioctl, aioservice
from aiolog import streamlog

def task(name):
    return aioctl.group().tasks[name + ".service"].task

def state(name):
    name += ".service"
    return aioctl.group().tasks[name].state if name in aioctl.group().tasks else None

def up():
    return sorted(name for name in aioservice.service() if state(name) == "running")

async def until(condition):
    for _ in range(10000):
        if condition():
            return
        await asyncio.sleep_ms(1)
    raise AssertionError("this did not come")
"""

# A board's module, as far as the examples use it. It writes down what is done with it.
BOARD = """
log = open("board.txt", "w")

def note(*what):
    print(*what, file=log)
    log.flush()

def reset():
    note("reset")
    raise SystemExit

class WDT:
    def __init__(self, timeout):
        note("watchdog", timeout)

    def feed(self):
        note("fed")

class Pin:
    OUT = 1

    def __init__(self, number, mode):
        self.number = number
        self.on = False

    def value(self, *on):
        if on:
            self.on = bool(on[0])
            note("pin", self.number, self.on)
        return self.on
"""


# In the tests that have services fail on purpose: when the manager says so on stdout is not theirs to know.
# That it does is seen in the sessions of the README.
QUIET = "aioservice.quiet()\n"


def failing(name, ms=1, **kwargs):
    """A service that fails after some milliseconds each time it is started, and counts its starts."""
    init = f"self.starts = 0; self.kwargs = {kwargs!r}"
    step = f"self.starts += 1; await asyncio.sleep_ms({ms}); raise OSError('from {name}')"
    return simple_service(name, step, init)


class ExamplesTest(FolderTest):
    prelude = PRELUDE

    def setUp(self):
        super().setUp()
        shutil.copytree(EXAMPLES, self.folder, dirs_exist_ok=True)
        self.write("prelude.py", self.prelude)

    def enable(self, **entries):
        """Only these services, each with what is given here on top of its entry."""
        config = json.loads(self.read("services.config"))
        for name in config.keys() | entries.keys():
            config.setdefault(name, {})["enabled"] = name in entries
            for key, value in entries.get(name, {}).items():
                old = config[name].get(key)
                config[name][key] = {**old, **value} if isinstance(old, dict) else value
        self.write("services.config", config)

    def typed(self, *typed):
        """Types these commands into main.py; answers the text that each one printed."""
        stdin = "from prelude import *\nprint('= = = begin')\n"
        stdin += "".join(f"{command}\nprint('= = = end')\n" for command in typed)
        status, stdout, stderr = self.run_program(stdin=stdin)
        self.assertEqual((status, stderr), (0, ""), stdout)
        self.started, *outputs = re.split(r"^= = = \w+\n", stdout, flags=re.M)
        self.assertEqual(len(outputs), len(typed) + 1, stdout)
        for command, output in zip(typed, outputs):
            if command.startswith("await until("):
                self.assertEqual(output, "", command)
        return [masked(output) for output in outputs[:-1]]

    def assert_session(self, session):
        """A session as in the documents: after `>>> COMMAND` what it prints, with `...` for anything."""
        steps = re.findall(r"^>>> (.*)\n((?:(?!>>> ).*\n)*)", session, re.M)
        for (command, expected), output in zip(steps, self.typed(*(command for command, _ in steps))):
            with self.subTest(command=command):
                if not re.fullmatch(as_pattern(expected), output):
                    self.assertEqual(output, masked(expected))


class Program(ExamplesTest):
    def loaded(self, ending):
        files = ((name, f"./{SERVICES}/{name}_service.{ending}") for name in STARTED)
        return [f"[ OK ] Service: {name}.service from {file} loaded" for name, file in files]

    def test_beside_a_terminal(self):
        prompt = self.prompt()
        self.assertEqual(prompt.greeting, self.loaded("py") + ["Starting asyncio REPL..."])
        self.assertEqual(prompt.type("aioservice.service('devop')()"), ["DevOp:    Mode: develop; next boot: develop"])
        self.assertEqual(prompt.end(), 0)

    def test_without_a_terminal(self):
        self.assert_session(">>> aioservice.service('devop').mode\n'develop'\n")
        self.assertEqual(self.started.splitlines(), self.loaded("py") + ["Starting asyncio REPL..."])

    def test_compiled_as_for_a_board(self):
        for name in (*STARTED, "flaky"):
            source = self.path(f"{SERVICES}/{name}_service.py")
            self.compile_service(name, source)
            os.remove(source)
        self.assert_session(">>> aioservice.service('devop').mode\n'develop'\n")
        self.assertEqual(self.started.splitlines(), self.loaded("mpy") + ["Starting asyncio REPL..."])

    def test_all_examples_are_in_the_configuration_and_the_readme(self):
        files = os.listdir(f"{EXAMPLES}/aioservices/services")
        names = sorted(file[: -len("_service.py")] for file in files if file.endswith("_service.py"))
        self.assertEqual(sorted(json.loads(self.read("services.config"))), names)
        for name in names:
            self.assertIn(f"| [{name}](aioservices/services/{name}_service.py) |", self.read("README.md"))


class Readme(ExamplesTest):
    def test_sessions_are_what_happens(self):
        sections = re.split(r"^## ", self.read("README.md"), flags=re.M)
        sessions = [(section.split("\n")[0], "".join(blocks(section, "text"))) for section in sections]
        self.assertGreater(len([title for title, session in sessions if ">>> " in session]), 5)
        for title, session in sessions:
            if ">>> " in session:
                with self.subTest(section=title):
                    self.setUp()
                    self.assert_session(session)


class Blink(ExamplesTest):
    def test_each_led_is_a_child(self):
        self.enable(blink={"args": [4]})
        self.assert_session(
            """\
>>> blink = aioservice.service("blink")
>>> await until(lambda: min(blink.blinks.values()) > 2)
>>> aioctl.status("blink*")
● blink.service: status: running since DATE; AGE ago
● blink.service.left: status: running since DATE; AGE ago
● blink.service.right: status: running since DATE; AGE ago
"""
        )

    def test_a_child_is_replaced(self):
        self.enable(blink={"args": [100000]})
        self.assert_session(
            """\
>>> blink = aioservice.service("blink")
>>> old = aioctl.group().tasks["blink.service.left"].task
>>> blink.pace("left", 4)
>>> await until(lambda: blink.blinks["left"] > 2)
>>> old.done(), blink.blinks["right"]
(True, 0)
>>> aioctl.tasks_match("blink*")
['blink.service', 'blink.service.right', 'blink.service.left']
"""
        )

    def test_children_stop_with_their_parent(self):
        self.enable(blink={})
        self.assert_session(
            """\
>>> aioctl.stop("blink.service")
True
>>> await until(lambda: task("blink").done())
>>> aioctl.status("blink*")
● blink.service: status: stopped @ DATE; AGE ago --> result: {...'left': 0...}
● blink.service.left: status: stopped @ DATE; AGE ago --> result:
● blink.service.right: status: stopped @ DATE; AGE ago --> result:
"""
        )

    def test_no_led_stays_on(self):
        self.write("machine.py", BOARD)
        self.enable(blink={"args": [100000], "kwargs": {"pins": {"left": 3, "right": None}}})
        self.typed("aioctl.stop('blink.service')", "await until(lambda: task('blink').done())")
        self.assertEqual(self.read("board.txt").splitlines(), ["pin 3 True", "pin 3 False"])


class Logs(ExamplesTest):
    def test_lines_say_where_they_are_from(self):
        self.enable(logs={"args": [0.001], "kwargs": {"loglevel": "INFO"}})
        output = self.typed(
            "logs = aioservice.service('logs')",
            "await until(lambda: streamlog.lines('fan'))",
            "logs.log.setLevel('WARNING')",
            "aioctl.log()",
        )[-1]
        lines = output.splitlines()
        self.assertIn("DATE [examples] [INFO] [logs.service] 38 C", lines)
        self.assertIn("DATE [examples] [WARNING] [logs.service.fan] 40 C is too hot, fan on", lines)
        self.assertEqual([line for line in lines if "[DEBUG]" in line], [])

    def test_level_of_the_service(self):
        self.enable(logs={"args": [0.001], "kwargs": {"loglevel": "WARNING"}})
        lines = self.typed(
            "await until(lambda: len(streamlog.lines('fan')) > 1)",
            "aioctl.log('[logs.service')",
        )[-1].splitlines()
        self.assertEqual(set(lines), {"DATE [examples] [WARNING] [logs.service.fan] 40 C is too hot, fan on"})

    def test_level_of_the_logger_behind_it(self):
        self.enable(devop={}, logs={"args": [0.001], "kwargs": {"loglevel": "DEBUG"}})
        config = json.loads(self.read("services.config"))
        config["devop"]["kwargs"]["devmodes"] = {"develop": ["logs"]}
        self.write("services.config", config)
        self.typed("await until(lambda: streamlog.lines('[DEBUG] [logs.service] measuring'))")


class Meter(ExamplesTest):
    def test_what_it_tells(self):
        self.enable(meter={"args": [0.001]})
        self.assert_session(
            """\
>>> meter = aioservice.service("meter")
>>> await until(lambda: meter.readings >= 6)
>>> aioctl.stop("meter.service")
True
>>> meter.readings, meter.sum, meter.latest = 6, 300, [40, 50, 60]
>>> meter.show()
('Stats', '   50 W in 6 readings')
>>> sorted(meter.stats().items())
[('mean', 50), ('readings', 6)]
>>> meter.report()
reading 4: 40 W
reading 5: 50 W
reading 6: 60 W
>>> aioservice.call("meter")
50 W
>>> with open("meter.txt", "w") as f: meter.report(f)
"""
        )
        self.assertEqual(self.read("meter.txt").splitlines()[-1], "reading 6: 60 W")

    def test_show_is_in_the_long_status(self):
        self.enable(meter={"args": [100]})
        (status,) = self.typed("aioctl.status('meter.service', debug=True)")
        self.assertIn("    Docs: README.md\n", status)
        self.assertIn("    Stats:     40 W in 1 readings\n", status)

    def test_it_keeps_the_latest_only(self):
        self.enable(meter={"args": [0.001], "kwargs": {"keep": 2}})
        self.assert_session(
            """\
>>> meter = aioservice.service("meter")
>>> await until(lambda: meter.readings >= 5)
>>> len(meter.latest)
2
"""
        )


class LastWords(ExamplesTest):
    prelude = PRELUDE + QUIET

    def test_cleanup_answers_when_it_is_stopped(self):
        self.enable(cleanup={"args": ["here.txt"], "kwargs": {"period": 0.001}})
        self.assert_session(
            """\
>>> cleanup = aioservice.service("cleanup")
>>> await until(lambda: cleanup.lines >= 3)
>>> file = cleanup.file
>>> aioctl.stop("cleanup.service")
True
>>> await until(lambda: task("cleanup").done())
>>> aioctl.status("cleanup.service")
● cleanup.service: status: stopped @ DATE; AGE ago --> result: ... lines, and the end
>>> file.write("more")
Traceback (most recent call last):
...
ValueError: I/O operation on closed file
"""
        )
        *lines, end = self.read("here.txt").splitlines()
        self.assertEqual((lines[:3], end), (["line 1", "line 2", "line 3"], "end"))

    def test_cleanup_closes_its_file_at_the_end_of_the_program(self):
        self.enable(cleanup={})
        self.typed("aioservice.service('cleanup').lines")
        self.assertEqual(self.read("cleanup.txt").splitlines(), ["line 1", "end"])

    def test_careful_answers_when_it_fails(self):
        self.enable(careful={"args": [0.001, 21]})
        self.assert_session(
            """\
>>> careful = aioservice.service("careful")
>>> await until(lambda: careful.heating)
>>> careful.plugged = False
>>> await until(lambda: task("careful").done())
>>> careful.heating
False
>>> aioctl.status("careful.service", log=False)
● careful.service: status: failed @ DATE; AGE ago --> result: heating off after OSError('no sensor',)
"""
        )


class Sampler(ExamplesTest):
    def test_its_own_schedule(self):
        self.enable(sampler={})
        config = json.loads(self.read("services.config"))
        del config["sampler"]["kwargs"]
        self.write("services.config", config)
        self.assert_session(
            """\
>>> aioctl.status("sampler.service", log=False)
● sampler.service: status: scheduled @ DATE --> result:
    ┗━► schedule: starts in ... @ DATE
>>> aioservice.service("sampler").schedule == {"start_in": 10, "repeat": 60}
True
"""
        )

    def test_services_config_has_another(self):
        self.enable(sampler={"kwargs": {"schedule": {"start_in": 0, "repeat": 0.01}}})
        self.assert_session(
            """\
>>> sampler = aioservice.service("sampler")
>>> await until(lambda: len(sampler.samples) >= 4)
>>> sampler.samples[:4]
[0, 2, 4, 1]
>>> aioctl.stop("sampler.service")
True
>>> aioctl.start("sampler.service")
True
"""
        )


class Watcher(ExamplesTest):
    prelude = PRELUDE + QUIET

    def watch(self, sleep=0.001, **kwargs):
        return {"args": [sleep], "kwargs": kwargs}

    def test_a_failed_service_is_started_again(self):
        self.enable(watcher=self.watch(), flaky={"args": [1]})
        self.assert_session(
            """\
>>> flaky = aioservice.service("flaky")
>>> await until(lambda: flaky.starts >= 4)
>>> watcher = aioservice.service("watcher")
>>> watcher.errors >= 3
True
>>> watcher.stats()["report"]
{'flaky.service': ['OSError']}
>>> watcher.show()
('Stats', '   Errors: ... in 1 tasks')
>>> aioservice.call("watcher")
flaky.service: OSError: ..., last @ DATE
Traceback (most recent call last):
  File "./aioservices/services/flaky_service.py", line 26, in task
OSError: start ... ends like the others
"""
        )

    def test_it_looks_every_sleep_seconds(self):
        # The first look is before anything can have failed, the next one in 100 s.
        self.enable(watcher=self.watch(100), flaky={"args": [1]})
        self.assert_session(
            """\
>>> flaky = aioservice.service("flaky")
>>> await until(lambda: task("flaky").done())
>>> await asyncio.sleep(0.05)
>>> flaky.starts, aioservice.service("watcher").errors
(1, 0)
"""
        )

    def test_restart_false_is_left_alone_and_counted_once(self):
        self.write_service("sulky", failing("sulky", restart=False))
        self.write_service("flaky", failing("flaky"))
        self.enable(watcher=self.watch(), sulky={}, flaky={})
        self.assert_session(
            """\
>>> await until(lambda: aioservice.service("flaky").starts >= 4)
>>> state("sulky"), aioservice.service("sulky").starts
('failed', 1)
>>> aioservice.service("watcher").failures["sulky.service"]["OSError"]["count"]
1
"""
        )

    def test_others_are_started_again_along(self):
        for name in "tank", "pipe":
            init = "self.starts = 0"
            step = "self.starts += 1; await asyncio.sleep(1000)"
            self.write_service(name, simple_service(name, step, init))
        self.write_service("pump", failing("pump", restart=["tank", "pipe.service"]))
        self.enable(watcher=self.watch(), tank={}, pipe={}, pump={})
        self.assert_session(
            """\
>>> await until(lambda: min(aioservice.service(name).starts for name in ("pump", "tank", "pipe")) >= 3)
>>> await until(lambda: state("tank") == state("pipe") == "running")
>>> aioctl.tasks_match("tank*")
['tank.service']
"""
        )

    def test_a_child_that_fails_can_have_its_service_started_again(self):
        more = """
    @aioctl.aiotask
    async def child(self, restart):
        1 / 0
"""
        child = "self.add_ctask(aioctl, self.child, 'child', restart=['parent'])"
        step = f"self.starts += 1; {child}; await asyncio.sleep(100)"
        self.write_service("parent", simple_service("parent", step, "self.starts = 0", more))
        self.enable(watcher=self.watch(), parent={})
        self.assert_session(
            """\
>>> await until(lambda: aioservice.service("parent").starts >= 3)
>>> aioservice.service("watcher").stats()["report"]
{'parent.service.child': ['ZeroDivisionError']}
>>> aioctl.tasks_match("parent*")
['parent.service', 'parent.service.child']
"""
        )

    def test_a_child_is_started_again(self):
        more = """
    @aioctl.aiotask
    async def child(self):
        self.starts += 1
        1 / 0
"""
        step = "self.add_ctask(aioctl, self.child, 'child'); await asyncio.sleep(100)"
        self.write_service("parent", simple_service("parent", step, "self.starts = 0", more))
        self.enable(watcher=self.watch(), parent={})
        self.assert_session(
            """\
>>> await until(lambda: aioservice.service("parent").starts >= 3)
>>> state("parent")
'running'
"""
        )

    def test_what_on_error_dealt_with_is_left_alone(self):
        self.enable(watcher=self.watch(), careful={"args": [0.001, 21]}, flaky={"args": [1]})
        self.assert_session(
            """\
>>> aioservice.service("careful").plugged = False
>>> await until(lambda: task("careful").done())
>>> seen = aioservice.service("flaky").starts
>>> await until(lambda: aioservice.service("flaky").starts > seen + 2)
>>> state("careful")
'failed'
>>> "careful.service" in aioservice.service("watcher").failures
False
"""
        )

    def test_a_stopped_service_stays_stopped(self):
        self.enable(watcher=self.watch(), meter={}, flaky={"args": [1]})
        self.assert_session(
            """\
>>> aioctl.stop("meter.service")
True
>>> seen = aioservice.service("flaky").starts
>>> await until(lambda: aioservice.service("flaky").starts > seen + 2)
>>> state("meter")
'stopped'
"""
        )

    def test_the_error_limit_stops_it(self):
        self.enable(watcher=self.watch(max_errors=3), flaky={"args": [1]})
        self.assert_session(
            """\
>>> await until(lambda: task("watcher").done())
>>> aioctl.result("watcher.service")
RuntimeError('4 errors, more than max_errors=3',)
>>> await asyncio.sleep(0.05)
>>> state("flaky"), aioservice.service("flaky").starts
('failed', 4)
>>> aioctl.log("CRITICAL")
DATE [examples] [CRITICAL] [watcher.service] failed: RuntimeError('4 errors, more than max_errors=3',)
>>> aioctl.start("watcher.service")
True
>>> await until(lambda: task("watcher").done() and aioservice.service("flaky").starts == 7)
"""
        )

    def test_the_limit_of_one_service_stops_it(self):
        self.write_service("other", failing("other"))
        self.enable(watcher=self.watch(err_service_limit={"flaky.service": 2}), flaky={"args": [1]}, other={})
        self.assert_session(
            """\
>>> await until(lambda: task("watcher").done())
>>> aioctl.result("watcher.service")
RuntimeError('2 errors of flaky.service, its limit is 2',)
>>> aioservice.service("flaky").starts
2
"""
        )

    def test_a_board_is_reset_at_the_limit(self):
        self.write("machine.py", BOARD)
        # It has 5 s to send the log away; not here.
        no_grace = "aioservice.service('watcher').grace = 0"
        self.write("main.py", self.read("main.py").replace("def run", f"{no_grace}\n\ndef run"))
        self.enable(watcher=self.watch(max_errors=1), flaky={"args": [1]})
        self.run_program(stdin="import asyncio\nawait asyncio.sleep(10)\n")
        self.assertEqual(self.read("board.txt"), "reset\n")

    def test_the_watchdog_is_fed_as_long_as_it_runs(self):
        self.write("machine.py", BOARD)
        self.enable(watcher=self.watch(watchdog=True, wdfeed=9))
        self.assert_session(
            """\
>>> await until(lambda: open("board.txt").read().count("fed") >= 3)
>>> aioctl.stop("watcher.service")
True
>>> await until(lambda: task("watcher").done())
>>> fed = open("board.txt").read()
>>> await asyncio.sleep(0.05)
>>> open("board.txt").read() == fed
True
"""
        )
        self.assertEqual(self.read("board.txt").splitlines()[:2], ["watchdog 9", "fed"])

    def test_the_heartbeat_is_a_led(self):
        self.write("machine.py", BOARD)
        self.enable(watcher=self.watch(heartbeat={"LED": 5, "TIMEOUT": 0.001}))
        self.typed("await until(lambda: open('board.txt').read().count('pin 5 True') >= 2)")
        self.assertEqual(self.read("board.txt").splitlines()[:2], ["pin 5 True", "pin 5 False"])

    def test_where_there_is_no_watchdog_it_says_so(self):
        self.enable(watcher=self.watch(watchdog=True, heartbeat=True))
        self.assert_session(
            """\
>>> await until(lambda: len(streamlog.lines("WARNING")) == 2)
>>> state("watcher")
'running'
>>> aioctl.log("WARNING")
DATE [examples] [WARNING] [watcher.service] there is no watchdog here
DATE [examples] [WARNING] [watcher.service] there are no pins here
"""
        )

    def test_an_entry_for_asyncmd(self):
        entry = {
            "max_errors": 0,
            "watchdog": True,
            "wdfeed": 60000,
            "heartbeat": False,
            "debug": False,
            "save_report": True,
            "err_service_limit": {"aiomqtt.service": 5, "aiomqtt.service.stats": 5},
            "loglevel": "INFO",
            "service_logger": True,
        }
        self.enable(watcher=self.watch(**entry), flaky={"args": [1]})
        self.assert_session(
            """\
>>> await until(lambda: aioservice.service("flaky").starts >= 3)
>>> state("watcher")
'running'
>>> aioctl.stop("watcher.service")
True
>>> await until(lambda: task("watcher").done())
>>> sorted(aioctl.result("watcher.service"))
['errors', 'report']
"""
        )
        first, second, *_, last = masked(self.read(".watcher.service")).splitlines()
        self.assertEqual(first, "watcher.service;DATE [OK]")
        self.assertRegex(second, r"^flaky\.service: OSError: \d+, last @ DATE$")
        self.assertRegex(last, r"^OSError: start \d+ ends like the others$")

    def test_a_report_that_cannot_be_saved_does_not_stop_it(self):
        os.mkdir(self.path(".watcher.service"))
        self.enable(watcher=self.watch(save_report=True), flaky={"args": [1]})
        self.assert_session(
            """\
>>> await until(lambda: aioservice.service("flaky").starts >= 3)
>>> state("watcher")
'running'
"""
        )


class Devop(ExamplesTest):
    def setUp(self):
        super().setUp()
        self.config = json.loads(self.read("services.config"))

    def configure(self, **kwargs):
        self.config["devop"]["kwargs"].update(kwargs)
        self.write("services.config", self.config)

    def test_env_says_which_mode(self):
        self.write(".env", "MODE=product\n")
        self.assert_session(
            """\
>>> await until(lambda: up() == ["blink", "meter", "watcher"])
>>> aioctl.result("devop.service")
'Mode: product, Boot: product'
>>> aioctl.status("sampler.service", log=False)
● sampler.service: status: ...stopped...
>>> import aiolog
>>> aiolog.getLogger("examples").level == aiolog.WARNING
True
"""
        )

    def test_another_mode_now(self):
        self.assert_session(
            """\
>>> devop = aioservice.service("devop")
>>> devop.enter("safe")
>>> await until(lambda: up() == [])
>>> devop.enter("develop")
>>> await until(lambda: up() == ["blink", "careful", "cleanup", "logs", "meter", "watcher"])
>>> aioctl.status("sampler.service", log=False)
● sampler.service: status: scheduled - done ...
    ┗━► schedule: last ...
>>> aioctl.tasks_match("*@*")
[]
>>> aioservice.call("devop")
DevOp:    Mode: develop; next boot: develop
"""
        )

    def test_another_mode_from_the_next_boot_on(self):
        devop = 'aioservice.service("devop")'
        self.assert_session(f">>> {devop}.boot_into('safe')\nTrue\n>>> {devop}.mode\n'develop'\n")
        self.assert_session(f">>> {devop}.mode\n'safe'\n>>> await until(lambda: up() == [])\n")

    def test_a_mode_that_is_not_there(self):
        self.write(".env", "MODE=nope\n")
        self.assert_session(
            """\
>>> aioctl.result("devop.service")
ValueError("mode 'nope': expected one of develop, product, safe",)
"""
        )

    def test_each_boot_the_next_mode_of_the_cycle(self):
        self.write(".env", "MODE=product\n")
        self.configure(cycle=["develop", "product"])
        for result in "Mode: product, Boot: develop", "Mode: develop, Boot: product", "Mode: product, Boot: develop":
            self.assert_session(f'>>> aioctl.result("devop.service")\n{result!r}\n')

    def test_a_report_of_those_that_were_waited_for(self):
        self.write_service("trial", simple_service("trial", "await asyncio.sleep_ms(20); return 'all well'"))
        self.configure(
            devmodes={"develop": ["trial.service", "meter.service"]},
            reset={"develop": {"reset": False, "waitfor": ["trial.service"]}},
            report={"develop": ["trial.service", "meter.service"]},
        )
        self.typed("await until(lambda: task('devop').done())")
        self.assertEqual(
            masked(self.read(".develop")).splitlines(),
            ["trial.service;DATE", "'all well'", "meter.service;DATE", "reading 1: 40 W"],
        )

    def test_a_board_is_reset_when_a_mode_is_done(self):
        self.write("machine.py", BOARD)
        self.write_service("trial", simple_service("trial", "return 'all well'"))
        self.configure(
            devmodes={"develop": ["trial", "cleanup"], "product": []},
            cycle=["develop", "product"],
            reset={"develop": {"reset": True, "in": 0, "waitfor": ["trial"]}},
        )
        self.run_program(stdin="import asyncio\nawait asyncio.sleep(10)\n")
        self.assertEqual(self.read("board.txt"), "reset\n")
        self.assertTrue(self.read("cleanup.txt").endswith("end\n"))  # its on_stop was called
        self.assertEqual(json.loads(self.read("services.config"))["devop"]["kwargs"]["bootmode"], "product")
