"""The web app of the guide: answers who it is, so that one sees the Service spread requests over pods."""

import os
import socket

from fastapi import FastAPI

app = FastAPI(title="fastapi-app")


@app.get("/")
def hello():
    return {"message": "Hello from Netes", "pod": socket.gethostname(), "version": os.environ.get("APP_VERSION", "1")}


@app.get("/healthz")
def healthz():
    return {"status": "ok"}
