export { UsageError, WebhookSimError } from '../core/errors.js';
