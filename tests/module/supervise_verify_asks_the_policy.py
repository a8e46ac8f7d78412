# verify() tells of a start limit that cannot be hit only where the policy starts the service again after such runs.

from _services import aioservice, core, service

BODY = """
    restart = {"policy": "%s", "healthy_ms": %d}
    %s

    @aioctl.aiotask
    async def task(self):
        pass
"""
POLICIES = "never", "on_failure", "on_success", "always"
for policy in POLICIES:
    service(policy + "_ready", BODY % (policy, 1000, "ready_ms = 1000"))
    service(policy + "_fed", BODY % (policy, 1000, "watchdog_ms = 1001"))
    service(policy + "_in_time", BODY % (policy, 1000, "ready_ms = watchdog_ms = 999"))
    service(policy + "_short", BODY % (policy, 0, ""))
    # a good end of a core service is final
    core(policy + "_core", BODY % (policy, 1000, "ready_ms = 1000"))
    core(policy + "_core_short", BODY % (policy, 0, ""))

print(aioservice.verify())
