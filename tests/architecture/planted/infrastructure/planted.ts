import { container } from 'tsyringe';
import type { Page } from '../interfaces/web/planted.js';

export const planted = (page: Page) => [container, page];
