import { violations } from './planted.js';

export const around = () => violations;
