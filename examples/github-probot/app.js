/** Pull requests that wait for a review, by their address. In production: what `context.octokit` tells, or a table. */
export const waiting = new Map();

/** The Probot app: what is done with events. One that it names nowhere is taken, and nothing is done. */
export default function app(probot) {
  probot.on(['pull_request.opened', 'pull_request.ready_for_review', 'pull_request.reopened'], async ({ payload }) => {
    waiting.set(payload.pull_request.html_url, payload.pull_request.title);
  });
  probot.on('pull_request.closed', async ({ payload }) => {
    waiting.delete(payload.pull_request.html_url);
  });
}
