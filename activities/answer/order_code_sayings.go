package answer

var englishCodes = codeSayings{
	ask: []string{
		"send|resend|mail|email|text|give|forward ~ code", "get|need|want|receive|request|use|try ~ code", "code please|now|again", "new|another|fresh code", "code to|by|via|per email|mail|e", "one time code",
	},
	again: []string{"resend", "send|try ~ again", "send another|new one"},
	missing: []string{
		"didnt|dont|not|never|havent|nothing get|got|receive|received|arrive|arrived|come|came|see", "have not got|received", "no code|mail|email yet|arrived|came|here", "where|wheres ~ code|mail|email", "dont|not have ~ code", "nothing ~ arrived|came|yet",
		"code|mail|email ~ not|didnt|hasnt|never|isnt|doesnt ~ here|come|came|arrive|arrived|work|working|valid", "code expired",
	},
	refuse: []string{"dont|not|no|never|without ~ send|code|mail|email", "no thanks|thank|need"},
	agree: []string{
		"yes|yep|yeah|yup|yea|sure|ok|okay|k|please|alright|definitely|absolutely|perfect|great|fine|good", "go ahead", "do it|that|so", "send it|that|one", "of course", "sounds good|great|fine", "thats fine|good|ok|great", "why not", "id like that|one", "please do|send",
	},
	polite: "please pls thanks thank you then now the a one code to it me i would like that be so mail email yes ok",
	others: []string{"discount|promo|promotion|coupon|voucher|gift|sale|tracking|zip|postal|post|bar|qr|dress code|codes", "code ~ discount|promotion|checkout|cart"},

	offer:   "I can also send a one-time code to the e-mail address of that order. Shall I send it?",
	sent:    "If there is such an order, a code is on its way to its e-mail address. It holds for {minutes} minutes; please write it here.",
	limited: "I can't send another code for now. Please use the newest one, or write the e-mail address or phone number the order was placed with.",
	wrong:   "This code isn't right, or it no longer holds. Please check it, or ask me for a new one.",
	subject: "Your code for order {n}",
	body: "Your one-time code for order {n} at {shop}: {code}\n\nPlease write it in the chat in which you asked about the order. It holds for {minutes} minutes and works once.\n\n" +
		"If you didn't ask for it, you can ignore this message: without the code nobody is told anything about the order.\n",
}

var spanishCodes = codeSayings{
	ask: []string{
		"envi*|mand*|reenvi*|pas* ~ código", "quiero|necesito|dame|deme|recibir|pido|usar ~ código", "código por favor|porfa|porfavor", "otro|nuevo código", "código de nuevo|otra|nuevamente", "código al|por|a correo|mail|email|mi",
	},
	again: []string{"reenvi*", "envi*|mand* ~ nuevo|vez|nuevamente", "otra vez"},
	missing: []string{
		"no|nunca|nada ~ llegó|llega|llegado|recibí|recibo|recibido|veo|aparece", "donde ~ código|correo", "no tengo ~ código", "código no sirve|funciona|funcionó|vale|jala|llegó", "código ~ vencido|expiró|caducó|venció", "sin código|correo",
	},
	refuse: []string{"no ~ envi*|mand*|código|quiero|hace", "sin código", "no gracias"},
	agree: []string{
		"sí|sip|claro|dale|ok|okay|va|vale|bueno|perfecto|adelante|correcto|listo|sale|porfa|hazlo|hágalo|acepto|bien|órale|simón", "por favor", "por supuesto", "de acuerdo", "está bien", "me parece", "envia*|manda*|envie*|mande*", "me gustaría|interesa", "cómo no",
	},
	polite: "por favor porfa gracias pues entonces ya eso lo la el un código al a mi correo y me muy bien sí",
	others: []string{"código ~ descuento|promoción|promocional|rastreo|postal|cupón|barras|qr", "cupón|descuento|promo ~ código", "código|haz|escribe ~ python|programa"},

	offer:   "También puedo enviar un código de un solo uso al correo de ese pedido. ¿Lo envío?",
	sent:    "Si existe ese pedido, ya va un código a su correo. Vale {minutes} minutos; escríbelo aquí, por favor.",
	limited: "Por ahora no puedo enviar otro código. Usa el más reciente, o escribe el correo o teléfono con el que se hizo el pedido.",
	wrong:   "Ese código no es correcto o ya no vale. Revísalo, por favor, o pídeme uno nuevo.",
	subject: "Tu código para el pedido {n}",
	body: "Tu código de un solo uso para el pedido {n} en {shop}: {code}\n\nEscríbelo en el chat en el que preguntaste por el pedido. Vale {minutes} minutos y sirve una sola vez.\n\n" +
		"Si no lo pediste, puedes ignorar este mensaje: sin el código no se informa a nadie sobre el pedido.\n",
}

var portugueseCodes = codeSayings{
	ask: []string{
		"envi*|mand*|reenvi*|pass* ~ código", "quero|preciso|receber|dá|dê|usar ~ código", "código por|pf|pfv favor", "código pf|pfv", "outro|novo código", "código de|novamente novo", "código por|pro|para|no email|e|mail|meu",
	},
	again: []string{"reenvi*", "envi*|mand* ~ novo|novamente|vez", "de novo", "mais uma vez"},
	missing: []string{
		"não|nunca|nada ~ chegou|chega|recebi|recebo|veio|vejo|apareceu", "cadê|onde ~ código|email", "não tenho ~ código", "código não funciona|funcionou|serve|deu|vale|chegou|veio", "código ~ vencido|expirou|venceu", "sem código|email",
	},
	refuse: []string{"não ~ envi*|mand*|código|quero|precisa", "sem código", "não obrigado|obrigada"},
	agree: []string{
		"sim|claro|ok|okay|pode|beleza|blz|certo|isso|quero|aceito|perfeito|ótimo|bora|fechado|combinado|uhum|aham|positivo", "por favor", "pode ser|enviar|mandar|sim", "com certeza", "tudo bem", "tá|ta|está|esta bom|bem|ótimo", "vamos lá", "manda|mande|envia|envie|envie-me", "gostaria",
	},
	polite: "por favor pf pfv obrigado obrigada então já o a um código pro para meu e email mail me pra isso aí sim lá",
	others: []string{"código ~ desconto|promocional|promoção|rastreio|rastreamento|postal|cupom|barras|qr", "cupom|desconto|promo ~ código", "código|faz|escreve ~ python|programa"},

	offer:   "Também posso enviar um código de uso único para o e-mail desse pedido. Envio?",
	sent:    "Se esse pedido existir, um código está a caminho do e-mail dele. Vale por {minutes} minutos; escreva-o aqui, por favor.",
	limited: "Por enquanto não posso enviar outro código. Use o mais recente, ou escreva o e-mail ou telefone usado na compra.",
	wrong:   "Esse código não está certo ou já não vale. Confira, por favor, ou me peça um novo.",
	subject: "Seu código para o pedido {n}",
	body: "Seu código de uso único para o pedido {n} em {shop}: {code}\n\nEscreva-o no chat em que você perguntou pelo pedido. Ele vale por {minutes} minutos e só pode ser usado uma vez.\n\n" +
		"Se você não pediu, pode ignorar esta mensagem: sem o código ninguém recebe informações sobre o pedido.\n",
}

var russianCodes = codeSayings{
	ask: []string{
		"пришли*|присыла*|присла*|отправ*|вышли*|высыла*|высла*|скинь*|скиньте|шли|шлите|кинь*|дайте|дай ~ код", "нужен|хочу|хотел|получить|можно|давай|давайте ~ код", "код пожалуйста", "новый|другой|еще код", "код еще|снова|заново|повторно", "код на почту|мыло|имейл|емейл|email|e", "одноразовый код",
	},
	again: []string{"еще раз", "пришли*|отправ*|вышли*|скинь* ~ снова|заново|повторно|еще", "повторите"},
	missing: []string{
		"не ~ пришел|пришло|приходит|получил|получила|дошел|дошло|вижу|доходит", "где ~ код|письмо", "нет ~ кода|письма", "кода|письма ~ нет", "ничего ~ пришло|приходит|нет", "код ~ не ~ работает|подходит|подошел|действует|принимается", "код ~ устарел|истек",
	},
	refuse: []string{"не ~ код|кода|присыла*|отправ*|надо|нужно|нужен|хочу", "без кода", "нет спасибо"},
	agree: []string{
		"да|ага|угу|ок|окей|хорошо|давай|давайте|конечно|можно|согласен|согласна|верно|подходит|отлично|идет|пожалуйста|жду|ладно|норм|нормально|хочу|буду", "пришли*|присыла*|отправ*|вышли*|высыла*|скинь*|шли|шлите",
	},
	polite: "пожалуйста спасибо тогда код мне его на почту и уже это да хорошо благодарен благодарна",
	others: []string{"промокод*", "код ~ скидк*|товара|отслеживания|купона|python", "штрих|почтовый|скидочный|трек код", "напиши* ~ код"},

	offer:   "Ещё я могу отправить одноразовый код на почту этого заказа. Отправить?",
	sent:    "Если такой заказ есть, код уже отправляется на его почту. Он действует {minutes} минут; напишите его, пожалуйста, сюда.",
	limited: "Пока не могу отправить ещё один код. Введите последний или напишите почту либо телефон, на которые оформлен заказ.",
	wrong:   "Код неверный или уже не действует. Проверьте его, пожалуйста, или попросите новый.",
	subject: "Ваш код для заказа {n}",
	body: "Ваш одноразовый код для заказа {n} в {shop}: {code}\n\nНапишите его в чате, в котором вы спрашивали о заказе. Он действует {minutes} минут, один раз.\n\n" +
		"Если вы его не запрашивали, просто не отвечайте на это письмо: без кода о заказе никому ничего не сообщат.\n",
}
