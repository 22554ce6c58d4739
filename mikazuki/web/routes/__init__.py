"""The studio's routes, one module a resource; `ROUTERS` holds them all."""

from typing import Final

from fastapi import APIRouter

from mikazuki.web.routes import configs, datasets, events, files, forms, jobs, models, queue, studio, tensorboard

ROUTERS: Final[tuple[APIRouter, ...]] = (
    studio.router,
    forms.router,
    configs.router,
    queue.router,
    jobs.router,
    events.router,
    files.router,
    datasets.router,
    models.router,
    tensorboard.router,
)
