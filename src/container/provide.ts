import type { InjectionToken } from 'tsyringe';
import type { Foundations } from './foundations.js';

type Resolve = <D>(dependency: InjectionToken<D>) => D;

/** Says how the thing behind a token is made, once, when somebody first asks for it. */
export type Provide = <T>(token: InjectionToken<T>, make: (get: Resolve) => T) => void;

/** The foundations with nothing left out. */
export type Given = { readonly [Name in keyof Foundations]-?: Exclude<Foundations[Name], undefined> };
