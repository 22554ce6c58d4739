"""The studio's routes, one module a resource; `ROUTERS` holds them all."""

from typing import Final

from fastapi import APIRouter

from mikazuki.web.routes import (
    captions,
    configs,
    datasets,
    events,
    files,
    forms,
    jobs,
    masks,
    models,
    preview,
    probes,
    programs,
    queue,
    studio,
    tensorboard,
    workspaces,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    studio.router,
    forms.router,
    configs.router,
    preview.router,
    probes.router,
    queue.router,
    jobs.router,
    programs.router,
    events.router,
    files.router,
    datasets.router,
    captions.router,
    masks.router,
    models.router,
    workspaces.router,
    tensorboard.router,
)
