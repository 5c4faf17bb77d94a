/** The website channel's HTTP contract, as the widget reads it. */

export type Author = "customer" | "agent" | "person";

export interface Message {
  seq: number;
  id: string;
  client_id?: string;
  from: Author;
  text: string;
  at: string;
}

export interface State {
  typing: boolean;
  served_by: "agent" | "person" | "nobody";
  read_seq: number;
}

export interface Session {
  token: string;
  expires_at: string;
  language: string;
  shop: string;
  seq: number;
}

export interface History {
  messages: Message[];
  state: State;
  seq: number;
  /** True when the server cut the list and there is more after its last message. */
  more?: boolean;
}

export interface Accepted {
  id: string;
  seq: number;
}

/** A message that the server has not acknowledged yet. */
export interface Pending {
  client_id: string;
  text: string;
  /** Milliseconds; orders the queue. */
  at: number;
  /** Set when the server refused it for good: only the visitor can try again. */
  error?: string;
}
