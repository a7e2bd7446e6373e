import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { planted } from '../infrastructure/planted.js';

export const violations = [readFileSync, z, planted];
