export interface Labels {
  open: (unread: number) => string;
  close: string;
  chat: string;
  fallbackShop: string;
  agentServes: string;
  personServes: string;
  nobodyServes: string;
  greeting: string;
  you: string;
  agent: string;
  person: string;
  typing: string;
  placeholder: string;
  send: string;
  left: (count: number) => string;
  askPerson: string;
  /** What the visitor says when they press the button above. */
  askPersonText: string;
  connecting: string;
  offline: string;
  refused: string;
  retry: string;
  remove: string;
  sending: string;
  waiting: string;
  failed: (reason: string) => string;
  newest: string;
}

const en: Labels = {
  open: (unread) => (unread ? `Open chat, ${unread} unread` : "Open chat"),
  close: "Close chat",
  chat: "Chat",
  fallbackShop: "Chat with us",
  agentServes: "You are talking to an AI agent",
  personServes: "You are talking to a person",
  nobodyServes: "Write to us, we answer here",
  greeting: "Hello! Ask about products, prices, delivery or your order.",
  you: "You",
  agent: "AI agent",
  person: "Shop",
  typing: "Typing…",
  placeholder: "Write a message",
  send: "Send",
  left: (count) => `${count} characters left`,
  askPerson: "Talk to a person",
  askPersonText: "I would like to talk to a person.",
  connecting: "Connecting…",
  offline: "Not connected: messages will be sent when you are back online",
  refused: "The chat is not available",
  retry: "Try again",
  remove: "Delete",
  sending: "Sending…",
  waiting: "Not sent yet, trying again",
  failed: (reason) => `Not sent: ${reason}`,
  newest: "New messages",
};

const es: Labels = {
  open: (unread) => (unread ? `Abrir el chat, ${unread} sin leer` : "Abrir el chat"),
  close: "Cerrar el chat",
  chat: "Chat",
  fallbackShop: "Chatea con nosotros",
  agentServes: "Estás hablando con un agente de IA",
  personServes: "Estás hablando con una persona",
  nobodyServes: "Escríbenos, te respondemos aquí",
  greeting: "¡Hola! Pregunta por productos, precios, envíos o tu pedido.",
  you: "Tú",
  agent: "Agente de IA",
  person: "Tienda",
  typing: "Escribiendo…",
  placeholder: "Escribe un mensaje",
  send: "Enviar",
  left: (count) => `Quedan ${count} caracteres`,
  askPerson: "Hablar con una persona",
  askPersonText: "Quiero hablar con una persona.",
  connecting: "Conectando…",
  offline: "Sin conexión: los mensajes se enviarán cuando vuelvas a estar en línea",
  refused: "El chat no está disponible",
  retry: "Reintentar",
  remove: "Borrar",
  sending: "Enviando…",
  waiting: "Aún sin enviar, reintentando",
  failed: (reason) => `No enviado: ${reason}`,
  newest: "Mensajes nuevos",
};

const pt: Labels = {
  open: (unread) => (unread ? `Abrir o chat, ${unread} não lidas` : "Abrir o chat"),
  close: "Fechar o chat",
  chat: "Chat",
  fallbackShop: "Fale conosco",
  agentServes: "Você está falando com um agente de IA",
  personServes: "Você está falando com uma pessoa",
  nobodyServes: "Escreva para nós, respondemos aqui",
  greeting: "Olá! Pergunte sobre produtos, preços, entrega ou o seu pedido.",
  you: "Você",
  agent: "Agente de IA",
  person: "Loja",
  typing: "Digitando…",
  placeholder: "Escreva uma mensagem",
  send: "Enviar",
  left: (count) => `Restam ${count} caracteres`,
  askPerson: "Falar com uma pessoa",
  askPersonText: "Quero falar com uma pessoa.",
  connecting: "Conectando…",
  offline: "Sem conexão: as mensagens serão enviadas quando você voltar a ficar on-line",
  refused: "O chat não está disponível",
  retry: "Tentar de novo",
  remove: "Apagar",
  sending: "Enviando…",
  waiting: "Ainda não enviada, tentando de novo",
  failed: (reason) => `Não enviada: ${reason}`,
  newest: "Novas mensagens",
};

const ru: Labels = {
  open: (unread) => (unread ? `Открыть чат, непрочитанных: ${unread}` : "Открыть чат"),
  close: "Закрыть чат",
  chat: "Чат",
  fallbackShop: "Напишите нам",
  agentServes: "Вам отвечает ИИ-агент",
  personServes: "Вам отвечает человек",
  nobodyServes: "Напишите нам, мы ответим здесь",
  greeting: "Здравствуйте! Спросите о товарах, ценах, доставке или вашем заказе.",
  you: "Вы",
  agent: "ИИ-агент",
  person: "Магазин",
  typing: "Печатает…",
  placeholder: "Напишите сообщение",
  send: "Отправить",
  left: (count) => `Осталось знаков: ${count}`,
  askPerson: "Поговорить с человеком",
  askPersonText: "Хочу поговорить с человеком.",
  connecting: "Подключение…",
  offline: "Нет связи: сообщения будут отправлены, когда вы снова будете в сети",
  refused: "Чат недоступен",
  retry: "Повторить",
  remove: "Удалить",
  sending: "Отправляется…",
  waiting: "Ещё не отправлено, пробуем снова",
  failed: (reason) => `Не отправлено: ${reason}`,
  newest: "Новые сообщения",
};

const languages: Record<string, Labels> = { en, es, pt, ru };

/** The first wanted language that there are labels for ("pt-BR" counts as "pt"), else English. */
export function pickLanguage(...wanted: (string | null | undefined)[]): string {
  const short = wanted.map((tag) => tag?.toLowerCase().split(/[-_]/)[0] ?? "");
  return short.find((tag) => tag in languages) ?? "en";
}

export function labelsIn(language: string): Labels {
  return languages[language] ?? en;
}
