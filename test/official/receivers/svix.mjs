// The package of Svix, which takes the headers of Standard Webhooks as well as its own.
import { Webhook } from 'svix';
import { receiveWith } from './standard-webhooks.mjs';

export const receive = ({ secret }) => receiveWith(new Webhook(secret));
