"""What can be seen running: counters of updates and sends, and gauges read from the store when somebody asks."""

from prometheus_client import CollectorRegistry, Counter, Gauge

from storage import deliveries
from storage.outbox_tables import Source
from storage.store import Store

from .readiness import free_bytes


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._updates = Counter(
            "ilgam_updates", "Updates by platform and outcome", ["platform", "outcome"], registry=self.registry
        )
        self._sends = Counter(
            "ilgam_sends", "Messages sent by lane and outcome", ["lane", "outcome"], registry=self.registry
        )
        self._webhook = Counter(
            "ilgam_telegram_webhook", "Requests to the webhook by outcome", ["outcome"], registry=self.registry
        )
        self._depth = Gauge(
            "ilgam_queue_depth", "Deliveries by state and lane", ["state", "lane"], registry=self.registry
        )
        self._age = Gauge(
            "ilgam_source_age_seconds", "Since a source last answered well", ["source"], registry=self.registry
        )
        self._errors = Gauge("ilgam_source_errors", "A source's failures in a row", ["source"], registry=self.registry)
        self._refusals = Counter(
            "ilgam_source_refusals",
            "What a source's site did and we would not take, by rule",
            ["source", "rule"],
            registry=self.registry,
        )

        self._foreign = Counter(
            "ilgam_foreign", "Pages of other sites refused, by what they tried", ["tried"], registry=self.registry
        )
        for tried in ("frame", "socket", "demo"):
            self._foreign.labels(tried)  # a rule can watch a zero
        self._free = Gauge(
            "ilgam_disk_free_bytes", "Free where an embedded database lies", ["engine"], registry=self.registry
        )

    def foreign(self, tried: str) -> None:
        self._foreign.labels(tried).inc()

    def update(self, platform: str, outcome: str) -> None:
        self._updates.labels(platform, outcome).inc()

    def send(self, lane: int, outcome: str) -> None:
        self._sends.labels(str(lane), outcome).inc()

    def webhook(self, outcome: str) -> None:
        self._webhook.labels(outcome).inc()

    def refusal(self, source: str, rule: str) -> None:
        self._refusals.labels(source, rule).inc()

    async def read(self, store: Store) -> None:
        """Bring the gauges up to date."""
        async with store.reading() as tx:
            depth = await deliveries.depth(tx)
            sources = await tx.find(Source)
            now = tx.now
        if (free := free_bytes(store)) is not None:
            self._free.labels("sqlite").set(free)
        self._depth.clear()
        for (state, lane), n in depth.items():
            self._depth.labels(state, str(lane)).set(n)
        for source in sources:
            self._errors.labels(source.name).set(source.failures)
            if source.good_at is not None:
                self._age.labels(source.name).set((now - source.good_at).total_seconds())
