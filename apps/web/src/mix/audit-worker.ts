/** The intrusion audit, off the page's own thread. */
import { serve } from '../worker/serve.ts';
import { audit } from './audit.ts';

const api = { audit };

export type AuditApi = typeof api;

serve(api);
