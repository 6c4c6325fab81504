"""A Django project in one file: verifies each delivery by the provider's documented recipe and reads fields deep in it; a missing one is a 500."""
import base64
import hashlib
import hmac
import json
import os
import sys

import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

settings.configure(DEBUG=False, SECRET_KEY="not used", ALLOWED_HOSTS=["127.0.0.1", "localhost"], ROOT_URLCONF=__name__,
                   MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"])


def digest(secret, content):
    return hmac.new(secret.encode(), content, hashlib.sha256)


def stripe(request):
    parts = dict(part.split("=", 1) for part in request.headers["Stripe-Signature"].split(","))
    expected = digest(os.environ["STRIPE_SECRET"], parts["t"].encode() + b"." + request.body).hexdigest()
    return hmac.compare_digest(expected, parts["v1"])


def shopify(request):
    expected = base64.b64encode(digest(os.environ["SHOPIFY_SECRET"], request.body).digest()).decode()
    return hmac.compare_digest(expected, request.headers["X-Shopify-Hmac-Sha256"])


def github(request):
    expected = "sha256=" + digest(os.environ["GITHUB_SECRET"], request.body).hexdigest()
    return hmac.compare_digest(expected, request.headers["X-Hub-Signature-256"])


def read_stripe(event, _request):
    thing = event["data"]["object"]
    known = {
        "payment_intent": lambda: (thing["amount"] + thing["amount_received"], thing["currency"], thing["metadata"]),
        "charge": lambda: (thing["amount"], thing["billing_details"]["address"]["country"], thing["outcome"] and thing["outcome"]["type"],
                           thing["payment_method_details"]["type"]),
        "checkout.session": lambda: (thing["amount_total"], thing["customer_details"], thing["payment_status"]),
        "customer": lambda: (thing["id"], thing["invoice_settings"]["default_payment_method"]),
        "subscription": lambda: [(item["price"]["unit_amount"], item["quantity"]) for item in thing["items"]["data"]],
        "invoice": lambda: [line["amount"] + 0 for line in thing["lines"]["data"]] + [thing["total"]],
        "dispute": lambda: (thing["reason"], thing["evidence_details"]["due_by"]),
    }
    return [event["id"], event["type"], event["created"] + 0, event["livemode"], known.get(thing["object"], lambda: thing.get("id"))()]


# Topics of orders whose body is no order.
NO_ORDERS = ("orders/delete", "orders/edited", "orders/risk_assessment_changed", "orders/shopify_protect_eligibility_changed")


def read_shopify(event, request):
    topic = request.headers["X-Shopify-Topic"]
    if topic.startswith("orders/") and topic not in NO_ORDERS:
        return [event["name"], event["total_price_set"]["shop_money"]["amount"], event["customer"]["id"],
                [(line["title"], float(line["price"]), line["quantity"] + 0) for line in event["line_items"]],
                event["shipping_address"]["country_code"]]
    if topic.startswith("products/") and topic != "products/delete":
        return [event["title"], [float(variant["price"]) for variant in event["variants"]]]
    return [topic, sorted(event)]


def read_github(event, request):
    name = request.headers["X-GitHub-Event"]
    found = [name, event.get("action"), event["sender"]["login"] if name != "ping" else None]
    if name == "push":
        found += [event["repository"]["owner"]["login"], [commit["author"]["email"] for commit in event["commits"]], event["pusher"]["name"]]
    if name == "pull_request":
        pull = event["pull_request"]
        found += [pull["head"]["repo"]["full_name"], pull["base"]["sha"], pull["user"]["id"] + 0, [label["name"] for label in pull["labels"]]]
    if name == "issues":
        found += [event["issue"]["user"]["login"], event["issue"]["reactions"]["+1"] + 0]
    return found


receivers = {"stripe": (stripe, read_stripe), "shopify": (shopify, read_shopify), "github": (github, read_github)}


@csrf_exempt
@require_POST
def receive(request, provider):
    verify, read = receivers[provider]
    if not verify(request):
        return HttpResponse(status=401)
    read(json.loads(request.body), request)
    return HttpResponse(status=204)


urlpatterns = [path("<str:provider>", receive)]
django.setup()

if __name__ == "__main__":
    from django.core.management import execute_from_command_line
    execute_from_command_line([sys.argv[0], "runserver", "--noreload", "--nothreading", "127.0.0.1:" + os.environ["PORT"]])
