import { equal, sign } from '../proof.mjs';

/** Returns true for a genuine event, false for a forgery, null for what is no event. */
function judge(req, body, settings) {
  const signature = req.headers[settings.header.toLowerCase()];
  const secrets = [settings.secret, settings.otherSecret].filter((secret) => secret !== undefined);
  if (!secrets.some((secret) => equal(signature, sign(body, { ...settings, secret })))) return false;
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return null;
  }
}

const statuses = new Map([
  [true, 200],
  [false, 401],
  [null, 400],
]);

/** A receiver that hears of each request before it is judged, and of what it was judged to be. */
function guarded(makeGuard, options = {}) {
  return (settings) => {
    const guard = makeGuard();
    return async (req, res) => {
      const chunks = [];
      for await (const chunk of req) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      if (guard.rejects?.(req, res)) return;
      const judged = req.method === 'POST' ? judge(req, body, { ...settings, ...options }) : undefined;
      await guard.hears?.(judged);
      res.writeHead(statuses.get(judged) ?? 405).end();
    };
  };
}

/** As fail2ban does: after five wrong signatures nothing is taken of the sender for a while, or ever. */
function ban({ rejection = 403, forMs = 2000 } = {}) {
  let wrong = 0;
  let until = 0;
  return {
    rejects(_, res) {
      if (Date.now() >= until) return false;
      if (rejection === null) res.destroy();
      else res.writeHead(rejection).end();
      return true;
    },
    hears(judged) {
      if (judged !== false || ++wrong < 5) return;
      wrong = 0;
      until = Date.now() + forMs;
    },
  };
}

/** 20 requests a second, and 20 at first. */
function bucket() {
  let tokens = 20;
  let filledAt = Date.now();
  return {
    rejects(_, res) {
      tokens = Math.min(20, tokens + ((Date.now() - filledAt) * 20) / 1000);
      filledAt = Date.now();
      if (tokens < 1) {
        res.writeHead(429, { 'Retry-After': '1' }).end();
        return true;
      }
      tokens--;
      return false;
    },
  };
}

/** A proxy before it, which has a page of its own, which one request in 25 meets. */
function proxy() {
  let turn = 0;
  return {
    rejects(_, res) {
      if (++turn % 25 !== 0) return false;
      res
        .writeHead(503, { Server: 'nginx', 'Content-Type': 'text/html' })
        .end('<h1>503 Service Temporarily Unavailable</h1>');
      return true;
    },
  };
}

/** Each wrong signature makes the next answers slower. */
function tarpit() {
  let wrong = 0;
  return {
    async hears(judged) {
      if (judged !== false) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(300, 3 * ++wrong)));
    },
  };
}

export const receivers = {
  bans: guarded(ban),
  'bans-alike': guarded(() => ban({ rejection: 401 })),
  // Bans for wrong signatures, and has a second secret that is not set.
  'bans-and-accepts': guarded(ban, { otherSecret: 'undefined' }),
  'token-bucket': guarded(bucket),
  'busy-proxy': guarded(proxy),
  tarpit: guarded(tarpit),
};
