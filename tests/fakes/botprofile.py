"""How the fake Bot API server keeps what a bot says of itself: name, descriptions and command menus in each language."""

from typing import Any

from .botrules import Bad


class Profile:
    """`profile` by what it is ("name", "commands" ...) and the two-letter code; "" is for everybody else."""

    def __init__(self) -> None:
        self.profile: dict[tuple[str, str], Any] = {}

    @property
    def commands(self) -> dict[str, list[str]]:
        menus = {code: menu for (what, code), menu in self.profile.items() if what == "commands"}
        return {code: [command["command"] for command in menu] for code, menu in menus.items()}

    def _told(self, what: str, parameters: dict[str, Any]) -> Any:
        return self.profile.get((what, parameters.get("language_code", "")))

    def _tell(self, what: str, parameters: dict[str, Any]) -> bool:
        code = parameters.get("language_code", "")
        if len(code) not in (0, 2):
            raise Bad(400, "Bad Request: invalid language code specified")
        self.profile[what, code] = parameters[what]
        return True

    async def _getMyName(self, parameters: dict[str, Any]) -> dict[str, str]:
        return {"name": self._told("name", parameters) or "As BotFather knows it"}

    async def _getMyDescription(self, parameters: dict[str, Any]) -> dict[str, str]:
        return {"description": self._told("description", parameters) or ""}

    async def _getMyShortDescription(self, parameters: dict[str, Any]) -> dict[str, str]:
        return {"short_description": self._told("short_description", parameters) or ""}

    async def _getMyCommands(self, parameters: dict[str, Any]) -> list[dict[str, str]]:
        return self._told("commands", parameters) or []

    async def _setMyName(self, parameters: dict[str, Any]) -> bool:
        return self._tell("name", parameters)

    async def _setMyDescription(self, parameters: dict[str, Any]) -> bool:
        return self._tell("description", parameters)

    async def _setMyShortDescription(self, parameters: dict[str, Any]) -> bool:
        return self._tell("short_description", parameters)

    async def _setMyCommands(self, parameters: dict[str, Any]) -> bool:
        return self._tell("commands", parameters)
