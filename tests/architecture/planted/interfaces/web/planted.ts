import fastCheck from 'fast-check';
import { Client } from 'pg';
import type { planted } from '../../infrastructure/planted.js';
import { around } from './planted-around.js';

export type Page = [typeof planted];
export const violations = [fastCheck, Client, around];
