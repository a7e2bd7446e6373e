import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

export type Tone = 'info' | 'success' | 'warning' | 'problem';

export const toneIcons: Record<Tone, IconName> = { info: 'info', success: 'check', warning: 'alert', problem: 'alert' };

export interface NoticeProps {
  readonly tone: Tone;
  readonly id?: string;
  readonly children: ComponentChildren;
}

/** Something to know before reading on; a problem is announced at once. */
export function Notice({ tone, id, children }: NoticeProps) {
  return (
    <div class={`notice tone-${tone}`} id={id} role={tone === 'problem' ? 'alert' : undefined}>
      <Icon name={toneIcons[tone]} />
      <div>{children}</div>
    </div>
  );
}
