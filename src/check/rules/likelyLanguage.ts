import type { DeliveryEnded } from '../../core/run.js';

/** A language that receivers are written in. */
export type Language = 'javascript' | 'python' | 'ruby' | 'php' | 'go' | 'java' | 'csharp';

/** Texts that servers and frameworks write into the headers of their answers. */
const signs: readonly (readonly [language: Language, header: string, value: RegExp])[] = [
  ['javascript', 'x-powered-by', /express|next\.js|nuxt/i],
  ['php', 'x-powered-by', /php/i],
  ['csharp', 'x-powered-by', /asp\.net/i],
  ['python', 'server', /python|werkzeug|gunicorn|uvicorn|hypercorn|daphne|waitress|aiohttp|tornado|cheroot/i],
  ['ruby', 'server', /webrick|puma|thin|unicorn|passenger|falcon/i],
  ['php', 'server', /php/i],
  ['java', 'server', /tomcat|coyote|jetty|undertow|netty/i],
  ['csharp', 'server', /kestrel|microsoft-/i],
  ['ruby', 'x-runtime', /^[\d.]+$/],
  ['javascript', 'set-cookie', /^connect\.sid=/],
  ['php', 'set-cookie', /^(PHPSESSID|laravel_session)=/],
  ['java', 'set-cookie', /^JSESSIONID=/],
  ['csharp', 'set-cookie', /^(ASP\.NET_SessionId|\.AspNetCore\.)/],
];

/** The beginnings of frameworks' error pages. */
const pages: readonly (readonly [language: Language, body: RegExp])[] = [
  ['javascript', /^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error<\/title>/],
  ['javascript', /^\{"statusCode":\d{3},("code":"FST_|"error":"[\w ]+","message":)/],
  ['python', /^<!doctype html>\n<html lang=en>\n<title>\d{3} /],
  ['go', /^404 page not found\n$/],
  ['java', /^\{"timestamp":"[^"]*","status":\d{3},"error":"/],
];

/** Guesses the receiver's language from the headers and error pages of its answers; null where these show none. */
export function likelyLanguage(deliveries: readonly DeliveryEnded[]): Language | null {
  for (const { attempts } of deliveries) {
    const headers = attempts.at(-1)?.response?.headers ?? [];
    for (const [language, header, value] of signs) {
      if (headers.some(([name, text]) => name.toLowerCase() === header && value.test(text))) return language;
    }
    const body = Buffer.from(attempts.at(-1)?.response?.body.subarray(0, 500) ?? []).toString('latin1');
    for (const [language, beginning] of pages) if (beginning.test(body)) return language;
    // Node.js writes these two as no other server does.
    if (headers.some(([name, text]) => name === 'Keep-Alive' && /^timeout=\d+$/.test(text))) return 'javascript';
  }
  return null;
}
