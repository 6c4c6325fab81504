import { RequestProblem } from './requestProblem.js';
import type { RouteHandler, RouteTable } from './services.js';

interface MatchedRoute {
  readonly handler: RouteHandler;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a request. Throws a RequestProblem where there is none, or none for its method. */
export function matchRoute(routes: RouteTable, method: string, path: string): MatchedRoute {
  const methods: string[] = [];
  for (const [route, handler] of Object.entries(routes)) {
    const [routeMethod = '', pattern = ''] = route.split(' ');
    const params = matchPath(pattern, path);
    if (params === null) continue;
    if (routeMethod === method) return { handler, params };
    methods.push(routeMethod);
  }
  if (methods.length === 0) throw new RequestProblem(404, { code: 'NO_ROUTE', message: `There is no ${path} here.` });
  throw new RequestProblem(405, { code: 'BAD_METHOD', message: `${path} takes ${methods.join(' and ')} alone.` });
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const text = decoded(given[at]!);
    if (text === null || (part.startsWith(':') ? text === '' : part !== text)) return null;
    if (part.startsWith(':')) params[part.slice(1)] = text;
  }
  return params;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
