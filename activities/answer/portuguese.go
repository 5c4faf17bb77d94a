package answer

import "kedai/models"

var portuguese = language{
	code:    models.Portuguese,
	endings: "s es a o e as os mente inha inho inhas inhos ar er ir am em ado ada ados adas ido ida idos idas ando endo indo amos emos imos cao coes oes ao aes ais eis",
	stop: `o a os as um uma uns umas ao à aos às do da dos das de em no na nos nas e ou que q com por para pra pro pras pros p sem sobre entre até desde se seu sua seus suas meu minha meus minhas
		eu tu você vocês vc vcs ele ela eles elas nós nos me te lhe é são era eram ser sou foi está estão tá tão estou tô tava esse essa esses essas este esta estes estas isso isto aquele aquela aquilo
		tem têm tenho tinha temos ter há havia haver fazer faz fazem posso pode podem poderia quero quer queria gostaria preciso precisa procuro vendo ver vi
		como qual quais quanto quanta quantos quantas quando onde quem porque pois se sim não já mais menos muito pouco também só algo alguém alguma algum nada outro outra outros outras mesmo msm
		oi olá bom boa dia tarde noite obrigado obrigada valeu favor ok tudo bem blz opa rs kkk haha amigo amiga moço moça senhor senhora gente
		preço preços custa custam custo valor valores vale sai saem cobram disponível disponíveis estoque loja comprar compro comprei vendem vende né aí aqui lá então agora hoje ontem semana ainda
		saber dizer diz fala info informação gosta gosto interessa tipo coisa coisas cada todo toda todos todas depois antes fica ficam vai vão ir vou seria assim tanto dps
		par pares normalmente precisar levar levo mãe pai irmã irmão filho filha marido esposa namorado namorada presente chegou dá`,
	slang: map[string]string{
		"vc": "você", "vcs": "vocês", "q": "que", "oq": "que", "pq": "porque", "tb": "também", "tbm": "também", "n": "não", "ñ": "não", "nao": "não",
		"qto": "quanto", "qt": "quanto", "qnto": "quanto", "qnt": "quanto", "qta": "quanta", "qtos": "quantos", "qts": "quantos", "qtas": "quantas", "qnts": "quantos", "qntos": "quantos",
		"qdo": "quando", "qnd": "quando", "msm": "mesmo", "hj": "hoje", "obg": "obrigado", "obgd": "obrigado", "brigado": "obrigado", "vlw": "valeu", "blz": "beleza", "pfv": "por favor", "pf": "por favor", "pfvr": "por favor",
		"td": "tudo", "cmg": "comigo", "dps": "depois", "eh": "é", "ta": "está", "tá": "está", "to": "estou", "tô": "estou", "aki": "aqui", "sp": "são paulo", "rj": "rio de janeiro", "bh": "belo horizonte", "preco": "preço", "promo": "promoção",
		"preso": "preço", "presso": "preço", "cust": "custa", "dsc": "desconto", "kd": "cadê", "cade": "cadê", "fzd": "faz", "num": "número", "n°": "número", "amex": "american express", "tamo": "estamos", "fds": "fim de semana",
	},
	synonyms: []string{
		"lavar lavagem lavadora lava", "impermeavel chuva", "caneca canecas xicara mug", "ziper zíper fecho", "sueter blusao", "luz luzes led lampada", "tapete carpete", "luminaria abajur lampada", "devolver devolucao devolvi retornar",
		"troca trocar trocas", "gratis gratuito gratuita", "reembolso estorno dinheiro", "segunda segundo novo nova outra", "tamanho numero numeracao", "frete entrega envio", "veste vestir forma", "parcela parcelar parcelamento vezes parcelamos", "carrega carregar carga",
		"dia dias", "atendimento horario", "aquecer quente frio", "floral flores flor",
	},
	askers:     "como qual quais quanto quanta quantos quantas quando onde quem que tem vocês pode posso podem é são aceita aceitam fazem faz vende vendem entrega",
	joiners:    "e ou mas também além",
	references: "ele ela eles elas esse essa este esta isso isto dele dela nele nela",
	followUps:  []string{"e", "então", "e se", "ok e", "ou"},
	intents: map[models.Intent][]string{
		models.IntentGreeting: {"oi|oie", "olá|ola", "bom dia", "boa tarde|noite", "opa", "tem alguém|alguem", "alguém|alguem aí|ai", "e aí|ai", "tudo bem", "saudações", "hey|hello"},
		models.IntentThanks:   {"obrigad*", "valeu", "agradeço|agradeco", "muito grata|grato"},
		models.IntentGoodbye:  {"tchau|xau", "até logo|mais|amanhã|breve", "adeus", "tenha um bom|ótimo dia", "bye"},
		models.IntentHuman: {
			"falar|fala|conversar|chamar|chama ~ atendente|pessoa|humano|humana|alguém|alguem|gerente|vendedor|vendedora|responsável|responsavel|supervisor|dono", "falar com gente|atendimento", "falar com o atendimento", "atendente|atendentes", "pessoa real|humana|de verdade", "um|uma humano|atendente|pessoa ~ favor",
			"passa|transfere|transferir|passe|transfira ~ pessoa|atendente|humano|alguém|alguem|gerente", "atendimento humano|pessoal", "quero|preciso|queria um humano|atendente|pessoa", "quero|queria|preciso|prefiro uma pessoa", "preciso de um|uma pessoa|humano|humana", "atendido|atendida|atender|atenda|atende ~ pessoa|humano|humana|alguém", "com quem ~ falar|conversar", "não|nao ~ robô|robo|bot|máquina", "ser humano",
		},
		models.IntentOffTopic: {
			"vai chover", "clima ~ hoje|amanhã", "previsão do tempo", "escreve*|escrever|faz|programa|faça ~ poema|código|codigo|redação|redacao|python|música|história", "uma piada", "conta ~ piada|história", "política|politica|eleição|eleições|eleicao|presidente|bolsonaro|lula",
			"bitcoin|cripto|criptomoeda|criptomoedas", "receita de|do|da|pra", "capital do|da|de", "quem vai ganhar", "quem ~ ganha|ganhou ~ jogo|copa|brasileirão|campeonato", "redação|redacao|lição|tarefa de casa", "traduz|traduza|traduzir", "horóscopo|horoscopo",
			"esquece|ignore|esqueça|ignora|desconsidere ~ instruções|instrucoes|regras|anterior|tudo", "seu prompt|instruções", "poema", "copa do mundo", "futebol",
		},
		models.IntentOrderStatus: {
			"meu pedido|pacote|encomenda|compra", "pedido ~ 000", "# 000", "meus pedidos|pacotes", "cadê|onde ~ pedido|pacote|encomenda|compra", "pedido número|numero|#|nº", "status ~ pedido|entrega|compra", "rastreio|rastrear|rastreamento|rastreia", "código de rastreio|rastreamento", "já|ja saiu|enviaram|postaram|despacharam", "quando chega", "chega hoje|amanhã",
		},
		models.IntentCompare:       {"diferença*|diferenca*", "compara*", "versus|vs", "melhor ~ ou", "qual ~ melhor|barato|barata|compensa", "entre ~ e"},
		models.IntentRecommend:     {"recomenda*|recomendação|recomende", "indica*|indique", "sugere*|sugestão|sugestao|sugira", "procuro|procurando", "presente pra|para|pro", "algo pra|para", "quero|queria um|uma|algo|uns|umas", "orçamento|orcamento|máximo|maximo|máx|max", "mais barato|barata", "gasto no"},
		models.IntentProductPrice:  {"quanto custa*|é|está|sai|fica|vale|tá|custava", "quanto ~ custa*|sai|por", "preço*|preco*", "valor|valores", "custa*", "por quanto", "a como", "em promoção|promocao|oferta", "caro|cara"},
		models.IntentProductStock:  {"tem|têm|tinha|teria|terá", "vocês|vcs ~ tem|têm|vendem", "disponível|disponivel|disponíveis|disponibilidade", "em estoque|estoque", "acabou|esgotado|esgotada|esgotou", "ainda tem|resta|restam", "quantos|quantas ~ tem|restam|sobraram|têm", "vende|vendem", "trabalham com"},
		models.IntentProductDetail: {"de que|do que ~ é|são|feito|feita|material|tecido|cor", "material|feito|feita|tecido", "medidas|mede|medem|dimensões|dimensoes|comprimento|largura|altura|tamanho da|do", "como é|são|funciona", "descrição|descricao|detalhes|detalhe", "fala|conta|fale|conte ~ sobre|mais", "pesa|peso", "lavar|lava|lavagem", "impermeável|impermeavel", "mais informações|info", "serve para|pra", "o que vem|inclui", "cabe|dura|carrega|aguenta", "forma grande|pequena"},
		models.IntentPolicy:        {"política de|politica de", "políticas|politicas"},
	},
	personAlone: []string{"humano|humana|pessoa|gerente", "humano|humana|pessoa|gerente por favor", "com um|uma humano|pessoa", "alguém real"},
	topicNames: map[topic]string{
		topicShipping: "frete", topicReturns: "devolução", topicRefunds: "reembolso", topicExchanges: "troca", topicPayment: "pagamento", topicHours: "horário", topicContact: "contato", topicPickup: "retirada", topicWarranty: "garantia", topicGiftCard: "vale-presente", topicSizes: "guia de tamanhos", topicCare: "cuidado", topicPromotion: "promoção",
	},
	topics: map[topic][]string{
		topicShipping:  {"frete*", "entrega|entregas|entregam|entregar|entregue", "envio*", "enviam|enviar|envia|mandam", "correios|sedex|transportadora"},
		topicReturns:   {"devol*", "defeito|quebrado|quebrada|danificado ~ chegou|veio|produto", "arrependimento", "mandar de volta"},
		topicRefunds:   {"reembols*", "estorn*", "meu dinheiro", "dinheiro de volta", "cancelar|cancelamento|cancelo"},
		topicExchanges: {"troc*", "outro tamanho"},
		topicPayment:   {"pagamento*", "pagar|pago|paga ~ com|no|em|na|pix|cartão|boleto", "formas de pagamento", "pix|boleto|cartão|cartao|débito|crédito|paypal|parcela*|parcelar", "sem juros|vezes", "nota fiscal", "aceitam|aceita ~ cartão|pix|boleto|american|dinheiro"},
		topicHours:     {"horário|horario|horários", "abre|abrem|fecha|fecham|aberto|aberta|abertos", "atendimento ~ sábado|domingo|até|que|sabado|horas", "que horas"},
		topicContact:   {"telefone", "contato", "endereço|endereco", "onde fica|ficam|vocês", "loja física|fisica", "whatsapp|zap", "email|e-mail ~ vocês|loja|contato"},
		topicPickup:    {"retirar|retirada|retiro|buscar ~ loja", "retirar|retirada|retiro"},
		topicWarranty:  {"garantia|garantias"},
		topicGiftCard:  {"vale presente|compras", "cartão presente", "gift card"},
		topicSizes:     {"guia|tabla|tabela de tamanhos|medidas", "que|qual tamanho ~ peço|escolho|uso|devo", "entre dois tamanhos"},
		topicCare:      {"cuidado|cuidados|cuidar|cuido", "como ~ limpar|limpo|lavo|lavar"},
		topicPromotion: {"promoção|promocao|promoções|promocoes", "promo|promos", "desconto*", "cupom|cupons", "código|codigo ~ desconto|promocional|funciona|funcionando", "oferta|ofertas", "newsletter", "primeira compra", "black friday"},
	},
	howMany:  []string{"quantos|quantas"},
	howMuch:  []string{"quanto ~ custa*|é|fica|sai|cobram|paga|por", "quanto custa|é|fica|sai", "custo*|custa*|preço*|valor|taxa", "mínim*|minim*", "a partir de quanto", "por quanto", "paga alguma", "grátis|gratis"},
	howLong:  []string{"quanto tempo", "demora*", "quantos ~ dias|horas|semanas|meses", "quando", "que horas|horário", "até quando", "prazo*", "tempo"},
	timeUnit: []string{"dia|dias|hora|horas|semana|semanas|mês|meses|minutos|ano|anos"},
	upTo:     []string{"até|máximo|máx|max|abaixo|menos", "orçamento ~ de|é", "orçamento", "menos de", "no máximo|máx"},
	pieces:   []string{"pares|par|peças|peça|unidades|unidade|jogos|de"},
	sizes: map[string][]string{
		"XS": {"xs", "pp"}, "S": {"s", "p", "pequeno", "pequena"}, "M": {"m", "médio", "média"}, "L": {"l", "g", "grande"},
		"XL": {"xl", "gg"}, "XXL": {"xxl", "xgg", "2xl", "xg", "eg"}, "XXXL": {"xxxl", "3xl", "exg", "g3"},
	},
	sizeMarks: "tamanho tam no na em número numero uso usa veste numeração do um",
	colours: map[string][]string{
		"black": {"pret*"}, "white": {"branc*"}, "grey": {"cinza*"}, "red": {"vermelh*"}, "blue": {"azul|azuis"}, "navy": {"marinho"}, "green": {"verde*"},
		"yellow": {"amarel*"}, "orange": {"laranja*"}, "pink": {"rosa|rosas"}, "purple": {"roxo|roxa|roxos|roxas|violeta"}, "brown": {"marrom|marrons"}, "beige": {"bege"},
		"ivory": {"marfim"}, "cream": {"creme"}, "gold": {"dourad*"}, "silver": {"pratead*|prata"}, "turquoise": {"turquesa*"},
	},
	attributes: map[string]attribute{
		"dimension":   {ask: []string{"medidas|mede|medem|dimensões|dimensoes|comprimento|largura|altura|diâmetro|diametro|espessura", "qual|que ~ tamanho da|do|dela|dele", "tão|tao|quão grande|grosso|grossa|alto|alta|largo|larga"}, tell: []string{"0 cm|mm|m|polegadas"}},
		"weight":      {ask: []string{"pesa|pesam|peso", "pesado|pesada"}, tell: []string{"pes*", "0 g|kg"}},
		"capacity":    {ask: []string{"capacidade|volume", "quanto ~ cabe|cabem|litros", "quantos ml|litros"}, tell: []string{"capacidade|cabe|cabem", "0 ml|l|litros|litro"}},
		"temperature": {ask: []string{"temperatura*", "quantos graus", "frio ~ aguenta*"}, tell: []string{"0 c|graus", "indicada|indicado até"}},
		"material":    {ask: []string{"material|tecido|materiais", "de que|do que ~ feito|feita|feitos|feitas", "que ~ couro|tecido|madeira|metal é", "feito|feita de"}, tell: []string{"algodão|lã|seda|linho|couro|poliéster|náilon|viscose|caxemira|pluma|jeans|flanela", "carvalho|pinus|nogueira|bambu|madeira|aço|latão|ferro|alumínio|cerâmica|porcelana|vidro|barro|mármore|rattan|juta|borracha|plástico|silicone|papel|cortiça"}},
		"care":        {ask: []string{"lavar|lava|lavagem|lavanderia|lava-louças|microondas|secadora|passar", "limpar|limpa|limpeza"}, tell: []string{"lava*|microondas|secadora", "limp*"}},
		"water":       {ask: []string{"impermeável|impermeáveis|impermeavel", "chuva|coluna d'água|dagua"}, tell: []string{"impermeável|impermeáveis|água|dágua"}},
		"power":       {ask: []string{"pilha|pilhas|bateria|carrega|carregar|lâmpada|lampada|watts|tomada|voltagem"}, tell: []string{"pilha|pilhas|bateria|carrega|carga|usb|lâmpada|watts|w|led|volts|bivolt"}},
		"fit":         {ask: []string{"forma grande|pequena", "veste|fica|forma ~ pequeno|pequena|grande|apertado|apertada", "tamanho ~ peço|escolho|recomenda*"}, tell: []string{"forma pequena|grande", "tamanho maior|menor"}},
	},
	facets: portugueseFacets, orders: portugueseOrders, calendar: portugueseCalendar,
	say: sayings{
		quoteOpen: "“", quoteClose: "”",
		greeting: []string{
			"Olá! Bem-vindo à {shop}. Como posso ajudar?",
			"Oi! Aqui é da {shop}. O que você procura?",
			"Olá, tudo bem? Você está falando com a {shop}. Em que posso ajudar?",
		},
		thanks:  []string{"De nada! Se precisar de mais alguma coisa, é só chamar.", "Imagina! Posso ajudar com mais alguma coisa?", "Por nada!"},
		goodbye: []string{"Até logo e obrigado pelo contato!", "Tenha um ótimo dia!", "Obrigado, até a próxima!"},
		decline: []string{
			"Desculpe, com isso não consigo ajudar. Estou aqui para dúvidas sobre produtos, entrega, trocas e pagamento.",
			"Isso foge do que posso fazer por aqui. Fico feliz em ajudar com produtos, entrega ou trocas.",
		},
		hello:         []string{"Oi!", "Olá!"},
		price:         "{title} custa {price}.",
		priceOption:   "{title} ({option}) custa {price}.",
		priceRange:    "{title} custa de {low} a {high}, dependendo da opção.",
		was:           "Está com desconto: antes custava {was}.",
		inStock:       "Sim, temos {title} disponível.",
		outOfStock:    "Infelizmente, no momento não temos {title} em estoque.",
		inOption:      "Sim, temos {title} disponível em {option}.",
		outOption:     "Infelizmente, no momento não temos {title} em {option}.",
		someStock:     "{title}: disponível em {in}. Em falta: {out}.",
		allStock:      "Sim, temos {title} disponível em: {in}.",
		noStock:       "Infelizmente, no momento não temos {title} em: {out}.",
		count:         "Restam {count}.",
		enough:        "Sim, há {count}.",
		notEnough:     "No momento não temos {count}.",
		alternatives:  "Temos disponível: {in}.",
		unknownOption: "{title} não é feito nessa opção. As opções são: {list}.",
		recommend:     []string{"Talvez você goste destes:", "Estas são as melhores opções:"},
		compare:       []string{"Lado a lado:", "Uma comparação rápida:"},
		whichProduct:  "De qual produto você está falando?",
		whichOf:       "De qual você está falando: {list}?",
	},
}
