import type { FastifyInstance } from 'fastify';
import type { Page } from '../interfaces/web/planted.js';

export type Violations = [FastifyInstance, Page];
