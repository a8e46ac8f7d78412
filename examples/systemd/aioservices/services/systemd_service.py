# Tells systemd that the services are up, and that they are alive.
import os
import socket
import struct

import aioctl
import aioservice
from aioclass import Service


class SystemdService(Service):
    def __init__(self, name):
        super().__init__(name)
        self.info = "Tells systemd how the services are v1.0"
        self.path_of_socket = os.getenv("NOTIFY_SOCKET") or ""
        self.enabled = self.path_of_socket != ""  # else systemd does not ask, or is not there
        # What has to be up before systemd is told so; services.config may have others.
        self.require = "meter"

    @aioctl.aiotask
    async def task(self):
        self.notify("READY=1")
        microseconds = os.getenv("WATCHDOG_USEC")  # the unit's WatchdogSec=
        if microseconds:
            aioservice.hardware_watchdog(int(microseconds) // 1000, feed=lambda: self.notify("WATCHDOG=1"))
        return "told"

    def notify(self, message):
        path = self.path_of_socket.encode()
        if path.startswith(b"@"):  # a socket that is no file
            path = b"\0" + path[1:]
        address = struct.pack("H", socket.AF_UNIX) + path
        to_systemd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            to_systemd.connect(address)
            to_systemd.send(message.encode())
        finally:
            to_systemd.close()


service = SystemdService("systemd")
