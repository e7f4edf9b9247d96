"""Addresses of style sheets and scripts: htmx from the CDN or from here, files with their age."""

import hashlib

from flask import Flask, current_app, url_for

from feedback.config import Settings

HTMX_VERSION = "2.0.11"
HTMX_CDN = f"https://cdn.jsdelivr.net/npm/htmx.org@{HTMX_VERSION}/dist/htmx.min.js"
HTMX_SRI = "sha384-2OatzQy1H+Zd/IIrjr1TcuDGqLXeHhbooAyJY1KdQMKnr4LZ22k31GBLdYKHmVjg"
# Everything htmx could do that these pages do not need is off (FLK-07).
HTMX_CONFIG = (
    '{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,'
    '"allowScriptTags":false,"historyCacheSize":0,"scrollIntoViewOnBoost":false,'
    '"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},'
    '{"code":"409","swap":true},{"code":"422","swap":true},'
    '{"code":"...","swap":false,"error":true}]}'
)


def init_assets(app: Flask, settings: Settings) -> None:
    """Give templates `asset(name)` and the htmx address, hash and configuration."""
    ages: dict[str, str] = {}

    def asset(name: str) -> str:
        if name not in ages or app.debug:
            path = f"{app.static_folder}/{name}"
            try:
                with open(path, "rb") as file:
                    ages[name] = _short_digest(file.read())
            except FileNotFoundError:
                return url_for("static", filename=name)
        return url_for("static", filename=name, v=ages[name])

    local = settings.htmx_source == "local"
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000  # safe: the address carries the digest
    app.jinja_env.globals.update(
        asset=asset,
        htmx_config=HTMX_CONFIG,
        htmx_sri="" if local else HTMX_SRI,
        htmx_src=lambda: asset("vendor/htmx.min.js") if local else HTMX_CDN,
    )


def _short_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def company_name() -> str:
    """Return the name of the company that runs this installation."""
    return str(current_app.config["KESAN"].company_name)
