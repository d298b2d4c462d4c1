"""A folder that a sensor watches: looks at it as Dagster's daemon does, and runs of what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import dagster as dg


@dataclass
class Watched:
    """An instance, what it has loaded, the job and the sensor of a folder, and what each sensor remembers."""

    instance: dg.DagsterInstance
    definitions: dg.Definitions
    job: str
    sensor: dg.SensorDefinition
    cursors: dict[str, str | None] = field(default_factory=dict, init=False)

    def look(self, sensor: dg.SensorDefinition | None = None) -> list[str | None]:
        """Evaluate a sensor; return the partitions that it wants run."""
        return [request.partition_key for request in self.tick(sensor).run_requests or ()]

    def tick(self, sensor: dg.SensorDefinition | None = None) -> Any:
        """Evaluate a sensor as the daemon does, and add and delete the partitions that it asks for."""
        sensor = sensor or self.sensor
        context = dg.build_sensor_context(
            instance_ref=self.instance.get_ref(), cursor=self.cursors.get(sensor.name), definitions=self.definitions
        )
        tick = sensor.evaluate_tick(context)
        self.cursors[sensor.name] = tick.cursor
        for request in tick.dynamic_partitions_requests or ():
            if isinstance(request, dg.AddDynamicPartitionsRequest):
                self.instance.add_dynamic_partitions(request.partitions_def_name, request.partition_keys)
            else:
                for key in request.partition_keys:
                    self.instance.delete_dynamic_partition(request.partitions_def_name, key)
        return tick

    def run(self, tags: Mapping[str, str]) -> dg.ExecuteInProcessResult:
        """Run the job of the folder for the partitions that the tags name."""
        job = self.definitions.resolve_job_def(self.job)
        return job.execute_in_process(instance=self.instance, tags=tags, raise_on_error=False)

    def run_all(self, keys: Iterable[str | None]) -> None:
        """Run each of these partitions on its own."""
        for key in keys:
            assert key is not None
            self.run({"dagster/partition": key})

    def partitions(self) -> list[str]:
        """The partitions that the instance knows of the folder."""
        return list(self.instance.get_dynamic_partitions(self.job))

    def materialized(self, result: dg.ExecuteInProcessResult, asset: dg.AssetKey) -> list[str | None]:
        """The partitions of an asset that a run has made, in order."""
        return [event.partition for event in result.get_asset_materialization_events() if event.asset_key == asset]
