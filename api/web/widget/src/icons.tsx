import { type ComponentChildren, h } from "preact";

function Icon({ size = 20, children }: { size?: number; children: ComponentChildren }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const ChatIcon = () => (
  <Icon size={26}>
    <path d="M12 4c4.7 0 8.5 3.2 8.5 7.2s-3.8 7.2-8.5 7.2c-1 0-2-.15-2.9-.4L4.8 20l1-3.6C4.3 15.1 3.5 13.2 3.5 11.2 3.5 7.2 7.3 4 12 4z" />
    <path d="M8.5 11.2h.01M12 11.2h.01M15.5 11.2h.01" stroke-width="2.4" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
);

export const SendIcon = () => (
  <Icon>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Icon>
);

export const DownIcon = () => (
  <Icon size={14}>
    <path d="M12 5v14M6 13l6 6 6-6" />
  </Icon>
);

export const PersonIcon = () => (
  <Icon size={16}>
    <circle cx="12" cy="8" r="3.5" />
    <path d="M5 20c.6-3.7 3.3-5.5 7-5.5s6.4 1.8 7 5.5" />
  </Icon>
);

export const SparkIcon = () => (
  <Icon size={12}>
    <path d="M12 3l2.2 6.8L21 12l-6.8 2.2L12 21l-2.2-6.8L3 12l6.8-2.2z" fill="currentColor" />
  </Icon>
);
