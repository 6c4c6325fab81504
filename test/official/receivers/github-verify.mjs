// verify() of @octokit/webhooks behind express.text, for those who do not take its middleware.
import { Webhooks } from '@octokit/webhooks';
import express from 'express';

export function receive({ secret }) {
  const webhooks = new Webhooks({ secret });
  const app = express();
  app.post('/webhook', express.text({ type: '*/*', limit: '2mb' }), async (req, res) => {
    const signature = req.get('X-Hub-Signature-256');
    if (!signature || !(await webhooks.verify(req.body || '', signature))) return res.status(401).send('Unauthorized');
    res.status(202).send('Accepted');
  });
  return app;
}
