package answer

import (
	"sync"

	"kedai/models"
)

// detailWords are a language's phrases for what is asked of a thing itself.
type detailWords struct {
	attributes map[string]attribute
	reduced    []string // Whether a price came down, and what it was before.
	asksToDo   []string // What the shop is asked to do: a service, and nothing that a thing's text tells.
	owning     []string // What a thing has, said behind the thing: does it have …
	elsewise   map[topic][]string
}

// detailPhrases are they by language. elsewise are phrases that have a topic's
// words for something else: how a clasp closes isn't when a shop does.
var detailPhrases = map[models.Language]detailWords{
	models.English: {
		attributes: map[string]attribute{
			"closure": {
				ask:  []string{"clasp|clasps|closure|closures|fastener|fastening|fasten|fastens|buckle|zip|zipper|magnet|hook|backs|backing", "how ~ ~ close|closes|shut|shuts|lock|locks|open|opens|open", "how ~ put|get|take ~ on|off", "screw|push|butterfly back|backs"},
				tell: []string{"clasp|clasps|closure|closes|fasten*|buckle|zip|zipped|zipper|magnet*|hook|hooks|backs|lobster|click|toggle|snap|button|buttons|threads"},
			},
			"stone": {
				ask:  []string{"stone|stones|gem|gems|gemstone|gemstones|jewel|jewels|crystal|crystals|rhinestone*", "real|genuine|fake|natural|lab|actual|true diamond*|pearl*|stone*|gem*|ruby|rubies|emerald*|sapphire*|opal*|turquoise", "diamond|diamonds|zirconia|cz|moissanite|pearls"},
				tell: []string{"stone|stones|gem|gems|gemstone|gemstones|jewels|crystal|crystals|diamond*|zirconia|moissanite|pearl|pearls|turquoise|opal|opals|moonstone|quartz|amethyst*|agate|onyx|garnet|ruby|rubies|emerald*|sapphire*|topaz|jade|lapis|howlite|citrine|amber|tourmaline|peridot|aquamarine|malachite|jasper"},
			},
			"plating": {
				ask:  []string{"plating|plated|vermeil|micron|microns|karat|carat", "thick|thickness ~ ~ gold|silver|layer|coat|coating|plate", "gold|silver layer|coat|coating", "solid|hollow|filled or", "or solid|hollow|filled|plated|plate", "solid|pure|real|actual gold|silver"},
				tell: []string{"plat*|vermeil|micron|microns|filled|solid|hollow|925|sterling", "0 k|karat|carat|micron*"},
			},
			"water": {
				ask:  []string{"wet|sea|beach|ocean|sauna|bath|bathing|bathtub|shower*|swim*|pool|sweat*|rain*|water|waterproof", "hot tub", "wash hands"},
				tell: []string{"dry|shower|showers|sea|swim*|wet|rain|rainproof|pool|water*|tarnish*|ip"},
			},
			"cold": {
				ask:  []string{"freez*|frost*|froze|winter|snow|minus|subzero"},
				tell: []string{"freez*|frost*|indoors|winter|snow"},
			},
			"heat": {
				ask:  []string{"heated|heating|underfloor|radiant", "oven|stove|stovetop|hob|induction|flame|grill"},
				tell: []string{"underfloor|heat*|oven|stove|induction|flame*"},
			},
			"opacity": {
				ask:  []string{"see thru|through", "transparent|blackout|sheer|opaque|translucent", "block|blocks|darken|let|lets ~ light|sun|sunlight"},
				tell: []string{"sheer|semi|blackout|opaque|translucent|transparent|light"},
			},
			"drainage": {
				ask:  []string{"hole|holes|drain|drains|drainage|saucer|saucers", "open|closed|have|has|got|without ~ bottom"},
				tell: []string{"hole|holes|drain*|saucer|saucers|bottom"},
			},
			"allergy": {
				ask:  []string{"allerg*|nickel|hypoallergenic|lead free", "sensitive|irritat* ear|ears|skin|lobes"},
				tell: []string{"nickel|hypoallergenic|surgical|titanium|sterling|925"},
			},
			"singly": {
				ask:  []string{"one by one", "single|singly|individually|separately|separate", "just|only one", "set|pair|pack or", "by itself|the piece"},
				tell: []string{"set|pair|sold|singly|individually|separately|pieces|together|apart"},
			},
			"bulb": {
				ask:  []string{"bulb|bulbs|lightbulb|lightbulbs|socket|sockets|fitting|cap", "what|which|kind|type ~ base"},
				tell: []string{"bulb|bulbs|socket|led|e12|e14|e26|e27|gu10"},
			},
			"technical": {ask: []string{"impedance|ohm|ohms|voltage|amperage|amps|frequency|sensitivity|torque|density|hardness|gsm|diameter|radius|circumference", "thread count"}, tell: []string{"impedance|ohm|ohms|voltage|amperage|amps|frequency|sensitivity|torque|density|hardness|gsm|diameter|radius|circumference|thread|across"}},
			"cover": {
				ask:  []string{"cover|covers|case|slipcover*|pillowcase* ~ ~ come|comes|off|remov*|wash*|zip*", "remov*|unzip|take ~ cover|covers|case", "removable"},
				tell: []string{"cover|covers|removable|fixed|zip*|spot"},
			},
		},
		reduced: []string{
			"was|were|been|is|are|got|get|gotten ~ reduced|discounted|lowered|slashed", "got|gotten|become ~ cheaper", "marked|come|came|gone|went|going|knocked|dropped|brought|put|been down", "price|prices drop|dropped|drops|fell|fall|cut", "old|original|previous|former|earlier|first|full|regular|normal|usual price|prices|cost",
			"how much|what ~ was|were ~ ~ before|originally|earlier|first|then|now", "how much|what was|were it|they|that|those|these", "what did|was ~ ~ cost|price ~ before", "was|were ~ ~ and =now", "before and|vs|versus now|after", "price ~ was|before|used|originally", "how much ~ used to", "still|really|actually on sale", "still reduced|discounted|cheaper", "from what to what", "=saw|=see|=seen|noticed|notice ~ ~ down|reduced|discounted|cheaper|sale|dropped|lowered",
		},
		asksToDo: []string{"could|would|will|do|did you|u|guys|yall", "can|could you|u|guys|yall ~ make|do|build|cut|saw|sew|engrave|resize|shorten|lengthen|customize|customise|personalize|swap|replace|add|repair|fix|polish|come|take|paint|dye|send|upholster|melt|buy|hold|reserve", "made to|in ~ order|measure"},
		owning:   []string{"have|has|had|got|come|comes|contain|contains|include|includes|with"},
		elsewise: map[topic][]string{
			topicShipping: {"ship|ships|shipped|delivered|sent|send|arrive|arrives with|w|without|including|in", "ship|ships|shipped ~ ~ ~ with|w|without ~ bulb|bulbs|battery|batteries|cord|cable|charger|box|chain|cushion*|tool*|screw*|legs|manual|lid|bag"},
			topicHours:    {"how does|do ~ ~ ~ =close|=open", "closes|opens with|easily|securely|tight"},
			topicReturns:  {"come|comes|take|takes|taken off"},
		},
	},
	models.Spanish: {
		attributes: map[string]attribute{
			"closure": {
				ask:  []string{"broche|broches|cierre|cierres|seguro|seguros|hebilla|ganchito|gancho|imán|iman|tuerca|tuercas|tapones", "=cómo|=como ~ ~ cierra|cierran|abrocha|abrochan|abre|abren|pone|ponen|sujeta|ajusta", "se abrocha|abrochan|cierra|cierran", "tipo de broche|cierre|seguro"},
				tell: []string{"broche*|cierre*|cierra*|abroch*|hebilla|gancho*|imán|langosta|clic|mariposa|tapones|tuerca*|botón|botones|zipper|jala"},
			},
			"stone": {
				ask:  []string{"piedra|piedras|piedrita|piedritas|gema|gemas|cristal|cristales|pedrería|pedreria", "diamante|diamantes|zirconia|zirconias|circonia|circonias|brillante|brillantes", "perla|perlas natural*|cultivad*|verdad|verdader*|real*|falsa|falsas|legítim*", "piedra|perlas|perla|diamantes de verdad|verdaderas"},
				tell: []string{"piedra|piedras|gema|gemas|cristal|cristales|diamante*|zirconia*|circonia*|perla|perlas|turquesa*|ópalo|opalo|cuarzo|amatista*|ágata|ónix|granate|rubí|rubíes|esmeralda*|zafiro*|topacio|jade|lapislázuli|howlita|citrino|ámbar|turmalina|malaquita|jaspe"},
			},
			"plating": {
				ask:  []string{"chapa|chapado|chapada|baño|bañado|bañada|enchapad*|laminad*|vermeil|micra|micras|quilates|kilates", "capa ~ oro|plata", "grues*|grosor ~ ~ oro|plata|capa|chapa|baño", "maciz*|hueco|hueca", "oro|plata de verdad|puro|pura|real|ley"},
				tell: []string{"chapa*|baño|bañad*|laminad*|vermeil|micra*|maciz*|hueco|925", "0 k|quilates|micras"},
			},
			"water": {
				ask:  []string{"mar|playa|bañarme|bañar|baño|alberca|piscina|nadar|sudar|sudor|mojar*|moja|mojan|agua|ducha|lluvia|llueve|regaderazo", "la regadera con|puesta|puesto|sin"},
				tell: []string{"mar|nadar|regadera|moj*|lluvia|alberca|piscina|bañ*|agua|seco|seca|ip"},
			},
			"cold": {
				ask:  []string{"frío|frio|helada|heladas|hiela|invierno|nieve|congela*"},
				tell: []string{"helad*|frío|invierno|interior|congel*"},
			},
			"heat": {
				ask:  []string{"calefacción|calefaccion|radiante", "horno|estufa|fuego|flama|inducción|comal"},
				tell: []string{"calefacción|radiante|horno|estufa|inducción|calor"},
			},
			"opacity": {
				ask:  []string{"transparenta*|transparente*|translúcid*|translucid*|traslúcid*|blackout|opac*", "deja|dejan|tapa|tapan|bloquea|bloquean|pasa|entra ~ luz|sol", "se ve|ven ~ afuera|través|todo"},
				tell: []string{"translúcid*|traslúcid*|transparent*|blackout|opac*|luz"},
			},
			"drainage": {
				ask:  []string{"hoyo|hoyos|hoyito|agujero|agujeros|orificio|orificios|drenaje|drena|plato|platito|platillo", "tiene|trae|lleva|con|sin ~ fondo"},
				tell: []string{"orificio*|hoyo*|agujero*|dren*|plato|fondo"},
			},
			"allergy": {
				ask:  []string{"alerg*|alérg*|níquel|niquel|hipoalerg*|hipoalérg*|irrita*|sensible*"},
				tell: []string{"níquel|hipoalerg*|hipoalérg*|quirúrgic*|titanio|925"},
			},
			"singly": {
				ask:  []string{"suelto|suelta|sueltos|sueltas|individual*", "por separado|pieza", "uno por uno", "solo|sólo|nomás|nada ~ uno|una", "el par o"},
				tell: []string{"juego|par|sueltos|sueltas|pieza|separado|separados|juntos|vende|venden"},
			},
			"bulb": {
				ask:  []string{"foco|focos|bombilla|bombillas|socket|rosca|casquillo|soquet"},
				tell: []string{"foco|focos|bombilla*|socket|rosca|led|e12|e14|e26|e27"},
			},
			"technical": {ask: []string{"impedancia|ohm|ohms|ohmios|voltaje|amperaje|frecuencia|sensibilidad|torque|densidad|dureza|gramaje|diámetro|diametro|radio|circunferencia"}, tell: []string{"impedancia|ohm|ohms|ohmios|voltaje|amperaje|frecuencia|sensibilidad|torque|densidad|dureza|gramaje|diámetro|radio|circunferencia|hilos"}},
			"cover": {
				ask:  []string{"funda|fundas|forro|forros|tapiz|tapicería ~ ~ quita*|quitar*|saca*|sale|salen|lava*|desmonta*|remov*", "quita*|quitar*|saca*|sacar*|desmonta*|remov* ~ ~ funda|fundas|forro|forros|tapiz", "desmontable*|removible*"},
				tell: []string{"funda|fundas|forro|tapicería|desmontable*|removible*|fija|fijo|fijas|cierre"},
			},
		},
		reduced: []string{
			"=bajó|=bajaron|=bajado|=bajaste|rebajó|rebajaron|rebajado|rebajada|rebajados|rebajadas|abarató|abarataron|descontaron", "con rebaja|descuento ~ ~ =cuanto|=cuánto|precio|antes", "=cuánto|=cuanto costaba*|valía*|valia*|estaba*|era|eran|andaba*", "en|a =cuánto|=cuanto estaba*|andaba*|=quedó|=quedo|=quedaron", "precio anterior|original|viejo|pasado|normal|regular|tachado|de antes|antes", "precio ~ antes|=era|=tenía|anterior", "antes =cuánto|=cuanto|costaba*|y ahora|ahorita|después", "=cuánto|=cuanto ~ antes|originalmente", "antes ~ =cuánto|=cuanto", "sigue|siguen|todavía|aún|continúa ~ rebaja*|descuento|oferta|promo|promoción", "qué|que precio =tenía|=tenia|=tenían|=tenian|=era", "=vi|=veo ~ ~ rebaj*|descuento|bajó|oferta", "era|eran más|mas caro|cara|caros|caras", "más|mas caro|cara antes|verdad", "descuento ~ antes|costaba*|era",
		},
		asksToDo: []string{"me|nos|le|lo|la|les =pueden|=podrían|=podrian|=puede|=podría|=podria|=harían|=harian|=hacen|=hace|=hagan", "=pueden|=podrían|=podrian ~ hacer|grabar|cortar|ajustar|cambiar|poner|bordar|tapizar|armar|reparar|arreglar", "ustedes ~ hacen|compran|rentan|reparan|graban|arreglan|tapizan", "=hacen|=graban|=bordan|=reparan|=arreglan|=tapizan|=compran|=rentan|=cortan|=ajustan|=personalizan"},
		owning:   []string{"tiene|tienen|trae|traen|lleva|llevan|viene|vienen|incluye|incluyen"},
		elsewise: map[topic][]string{
			topicHours:   {"=cómo|=como ~ ~ cierra|cierran|abre|abren", "se|me cierra|cierran|abre|abren|abrocha"},
			topicReturns: {"se|le|les quita|quitan"},
		},
	},
	models.Portuguese: {
		attributes: map[string]attribute{
			"closure": {
				ask:  []string{"fecho|fechos|fechinho|fechamento|tarraxa|tarraxas|fivela|ímã|ima|gancho|presilha|zíper|ziper", "=como ~ ~ fecha|fecham|abre|abrem|prende|prendem|coloca|ajusta", "tipo de fecho", "fecha|fecham com|por|como|sozinh*"},
				tell: []string{"fecho*|fecha|tarraxa*|fivela|ímã|gancho*|lagosta|boia|clique|borboleta|zíper|botão|botões|puxe|deslizante"},
			},
			"stone": {
				ask:  []string{"pedra|pedras|pedrinha|pedrinhas|gema|gemas|cristal|cristais|strass|pedraria", "diamante|diamantes|zircônia|zirconia|zircônias|zirconias|brilhante|brilhantes", "pérola|perola|pérolas|perolas natural*|naturais|cultivad*|verdade*|vdd|real|falsa|legítim*|mesmo|mesma|dágua|água", "pérola|perola|pérolas|perolas de verdade|vdd"},
				tell: []string{"pedra|pedras|gema|gemas|cristal|cristais|diamante*|zircônia*|pérola*|turquesa*|opala*|quartzo|ametista*|ágata|ônix|granada|rubi|rubis|esmeralda*|safira*|topázio|jade|howlita|citrino|âmbar|turmalina|malaquita|jaspe"},
			},
			"plating": {
				ask:  []string{"banho ~ ouro|prata|ródio|rodio", "folhead*|banhad*|vermeil|mícron|micron|mícrons|microns|quilates|milésimos", "espessura|grossura|grosso|grossa ~ ~ ouro|prata|banho|camada", "camada ~ ouro|prata", "maciç*|macic*|oco|oca", "ouro|prata de verdade|puro|pura|mesmo|msm|real"},
				tell: []string{"banho|banhad*|folhead*|vermeil|mícron*|maciç*|oco|925", "0 k|quilates|mícrons"},
			},
			"water": {
				ask:  []string{"mar|praia|piscina|nadar|banho|banhar|suar|suor|molhar|molha|molhado|água|agua|chuva|chuveiro|ducha|cachoeira"},
				tell: []string{"mar|nadar|banho|molh*|chuva|piscina|água|seco|seca|escurece|ip"},
			},
			"cold": {
				ask:  []string{"frio|geada|geadas|inverno|neve|congela*"},
				tell: []string{"geada*|frio|inverno|congel*"},
			},
			"heat": {
				ask:  []string{"piso aquecido", "aquecido|aquecimento", "forno|fogão|fogao|fogo|indução|inducao"},
				tell: []string{"aquec*|forno|fogão|indução|calor"},
			},
			"opacity": {
				ask:  []string{"transparente*|translúcid*|translucid*|blackout|opac*", "tampa|tampam|bloqueia|bloqueiam|deixa|deixam|passa|entra|veda|escurece ~ luz|sol|claridade", "dá|da pra ver ~ fora|através"},
				tell: []string{"translúcid*|transparent*|blackout|opac*|luz"},
			},
			"drainage": {
				ask:  []string{"furo|furos|furinho|buraco|buracos|drenagem|pratinho|prato", "tem|vem|com|sem ~ fundo"},
				tell: []string{"furo*|buraco*|dren*|pratinho|prato|fundo"},
			},
			"allergy": {
				ask:  []string{"alerg*|alérg*|níquel|niquel|antialérg*|antialerg*|hipoalerg*|irrita*|sensível|sensivel"},
				tell: []string{"níquel|antialérg*|hipoalerg*|cirúrgic*|titânio|925"},
			},
			"singly": {
				ask:  []string{"avulso|avulsa|avulsos|avulsas|individual|individuais|unitário|unidade", "separado|separada|separados|separadas", "só|so|apenas um|uma", "um por um", "o par ou"},
				tell: []string{"trio|kit|jogo|par|avuls*|unidade|separad*|juntos|vend*"},
			},
			"bulb": {
				ask:  []string{"lâmpada|lampada|lâmpadas|lampadas|soquete|bocal|rosca"},
				tell: []string{"lâmpada*|soquete|bocal|led|e14|e27"},
			},
			"technical": {ask: []string{"impedância|impedancia|ohm|ohms|voltagem|amperagem|frequência|frequencia|sensibilidade|torque|densidade|dureza|gramatura|diâmetro|diametro|raio|circunferência"}, tell: []string{"impedância|ohm|ohms|voltagem|bivolt|amperagem|frequência|sensibilidade|torque|densidade|dureza|gramatura|diâmetro|raio|circunferência|fios"}},
			"cover": {
				ask:  []string{"capa|capas|forro|forros|fronha|fronhas ~ ~ tira*|tirar|sai|saem|lava*|remov*", "tira*|tirar|remov*|saca* ~ ~ capa|capas|forro", "removível|removivel|removíveis|removiveis"},
				tell: []string{"capa|capas|forro|removíve*|fixa|fixo|fixas|zíper"},
			},
		},
		reduced: []string{
			"=vi|=vejo ~ ~ baixou|baixaram|desconto|promoção|promo", "=baixou|=baixaram|=baixado|=abaixou|=abaixaram|=abaixado|barateou|baratearam|barateado|=reduziu|=reduziram|remarcado|remarcada|remarcaram|despencou", "caiu|caíram|cairam|desceu|desceram ~ preço|preco|valor|quanto|né|ne", "preço|preco|valor ~ caiu|desceu|baixou", "era|tava|estava|custava|valia|foi|ficou ~ =quanto", "=quanto ~ era|tava|estava|custava|valia|ficou|foi|antes", "de =quanto ~ =quanto", "foi|ficou p|pra|para|por =quanto", "por|a =quanto ~ tá|ta|está|ficou|saía|saia|saiu", "preço|preco|valor antigo|anterior|original|cheio|velho|normal|de antes|antes", "preço|preco|valor ~ era|antes|anterior", "qual era o preço|preco|valor", "continua|ainda|segue ~ desconto|promo|promoção|promocao|oferta|remarcad*|baixad*", "antes e agora|depois|hoje", "era|eram mais car*",
		},
		asksToDo: []string{"vocês|vcs|voces ~ fazem|faz|gravam|consertam|soldam|ajustam|forram|compram|alugam|cortam|trocam|montam|pegam|derretem|personalizam|bordam|podem|poderiam", "me|nos fariam|fazem|podem|poderiam", "=fazem|=gravam|=consertam|=soldam|=ajustam|=forram|=compram|=alugam|=cortam|=bordam|=personalizam", "dá|da|tem pra|para|como ~ gravar|cortar|personalizar|forrar|encurtar|consertar|ajustar|diminuir|aumentar|soldar|bordar"},
		owning:   []string{"tem|têm|vem|vêm|traz|trazem|leva|possui|possuem|inclui"},
		elsewise: map[topic][]string{
			topicHours: {"=como ~ ~ fecha|fecham|abre|abrem", "fecha|fecham com|por|bem|direito|sozinh*", "fecho|fechos|fechamento"},
		},
	},
	models.Russian: {
		attributes: map[string]attribute{
			"closure": {
				ask:  []string{"застежк*|застёжк*|застегив*|застегн*|замок|замка|замочек|замком|замочком|молни*|крючок|крючк*|магнит*|швенз*|заглушк*|пряжк*|карабин*", "как ~ закрыва*|открыва*|надева*|крепится|крепятся"},
				tell: []string{"застежк*|застёжк*|застегив*|замок|замка|замки|замком|замками|молни*|крюч*|магнит*|швенз*|заглушк*|пряжк*|карабин*|щелчк*|регулируется|продевается"},
			},
			"stone": {
				ask:  []string{"камень|камни|камня|камней|камешек|камушек|камушки|камешки|самоцвет*|кристалл*|страз*", "бриллиант*|брилик*|брюлик*|алмаз*|фианит*|циркон*|муассанит*", "жемчуг|жемчуга|жемчужин* ~ настоящ*|натуральн*|искусственн*|речной|морской|культивир*", "настоящ*|натуральн*|искусственн* жемчуг*|камн*|камень|бирюз*|бриллиант*"},
				tell: []string{"камень|камни|камнем|камня|самоцвет*|кристалл*|бриллиант*|алмаз*|фианит*|циркон*|жемчуг*|бирюз*|опал*|кварц*|аметист*|агат*|оникс*|гранат*|рубин*|изумруд*|сапфир*|топаз*|нефрит*|лазурит*|янтар*|турмалин*|малахит*|яшм*|лунн*"},
			},
			"plating": {
				ask:  []string{"позолот*|покрыти*|напылен*|микрон*|вермель|вермеил*|гальван*", "слой|толщин* ~ золот*|серебр*|покрыти*|позолот*", "цельн*|полое|полая|полый|пустотел*", "проб*", "карат*", "настоящ*|чист* золот*|серебр*"},
				tell: []string{"позолот*|покрыти*|микрон*|цельн*|полое|полая|наполнени*|проб*", "0 карат|микрон*|пробы"},
			},
			"water": {
				ask:  []string{"море|морем|моря|пляж*|бассейн*|плавать|купаться|купать|душ|душе|душем|баня|бане|баню|сауна|сауну|сауне|потеть|мочить|мочится|намокн*|вода|воды|воде|воду|дождь|дождя|дождем|дождём|ливень"},
				tell: []string{"море|купани*|плава*|душ|мочить|дожд*|бассейн*|вод*|темнеет|ip"},
			},
			"cold": {
				ask:  []string{"мороз*|зима|зиму|зимой|зимовать|снег|снегом|минус*|заморозк*|треснет|лопнет"},
				tell: []string{"мороз*|зим*|снег*|дом"},
			},
			"heat": {
				ask:  []string{"теплый|тёплый|теплом|тёплом|теплого|тёплого пол|пола|полу|полом", "подогрев*|обогрев*", "духовк*|плит*|огонь|огне|индукци*"},
				tell: []string{"тепл* пол*", "подогрев*|духовк*|плит*|индукци*|нагрев*"},
			},
			"opacity": {
				ask:  []string{"просвечива*|прозрачн*|полупрозрачн*|блэкаут*|блекаут*|светонепроницаем*", "пропуска*|закрыва*|затемня* ~ свет|солнце"},
				tell: []string{"прозрачн*|полупрозрачн*|блэкаут*|свет"},
			},
			"drainage": {
				ask:  []string{"дырк*|дырочк*|отверст*|дренаж*|поддон*|блюдц*|дно|дна|дном"},
				tell: []string{"отверст*|дренаж*|поддон*|блюдц*|дна|дно|дном"},
			},
			"allergy": {
				ask:  []string{"аллерг*|никел*|гипоаллерг*|раздраж*|чувствительн*"},
				tell: []string{"никел*|гипоаллерг*|хирургическ*|титан*|925"},
			},
			"singly": {
				ask:  []string{"по одному|одной|отдельности|штучно", "поштучно|отдельно|штучно|поодиночке", "только одно|один|одну", "пара|пару|комплект|набор или"},
				tell: []string{"поштучно|отдельно|комплект*|набор*|вместе|штук*|пара"},
			},
			"bulb": {
				ask:  []string{"лампочк*|ламп|лампы|лампу|цоколь|цоколем|патрон"},
				tell: []string{"лампочк*|лампа|цоколь|светодиодн*|патрон"},
			},
			"technical": {ask: []string{"импеданс*|ом|сопротивлени*|вольтаж*|напряжени*|частот*|чувствительност*|плотност*|жесткост*|жёсткост*|твердост*|диаметр*|радиус*|окружност*"}, tell: []string{"импеданс*|ом|сопротивлени*|вольтаж*|напряжени*|частот*|чувствительност*|плотност*|жесткост*|твердост*|диаметр*|радиус*|окружност*|нитей"}},
			"cover": {
				ask:  []string{"чехол|чехлы|чехла|чехлов|обивк*|наволочк* ~ ~ сним*|съемн*|съёмн*|стира*|снять", "сним*|снять|съемн*|съёмн* ~ ~ чехол|чехлы|чехла|обивк*", "съемн*|съёмн*"},
				tell: []string{"чехол|чехлы|чехлов|съемн*|съёмн*|несъемн*|несъёмн*|обивк*|молни*"},
			},
		},
		reduced: []string{
			"подешевел*|удешевил*|уценили|уценен*|снизили|снижен*|скинули|сбросили|упала|упал|упали", "сколько|скока|скок|почем|почём|че|чё|что =был|=была|=было|=были|=стал|=стала|=стало|=стали|раньше", "=был|=была|=было|=были|=стал|=стала|=стало|=стали ~ сколько|скока|почем|почём", "увидел*|видел*|вижу|заметил* ~ ~ подешевел*|скидк*|скинули|снизили|уценили|дешевле", "=был|=была|=было|=были ~ и|а ~ =стал|=стала|=стало|=стали|сейчас|щас|теперь", "до скидки|уценки|снижения|акции", "стар*|прежн*|прошл*|прежде|изначальн*|первоначальн*|зачеркнут*|обычн* цен*", "цена|ценник ~ =была|=было|=был|раньше|прежде", "раньше ~ стоил*|сколько|почем", "стоил* раньше|до|прежде", "еще|ещё|все|всё ~ со скидкой", "почем|почём =был|=была|=было|=были|стоил*",
		},
		asksToDo: []string{"сделаете|сделать|сможете|можете|делаете|изготовите|изготавливаете|нанесете|наносите|пересадите|заберете|уменьшите|увеличите|растянете|укоротите|подрежете|подошьете|отрежете|распилите|покрасите|перекрасите|почините|спаяете|обтянете|выгравируете|гравируете|скупаете|купите|сдаете|берете|принимаете|соберете|привезете|упакуете|завернете|подгоните"},
		owning:   []string{"есть|имеется|идет|идёт|идут|содерж*|входит"},
		elsewise: map[topic][]string{
			topicHours: {"как ~ ~ закрыва*|открыва*|застегив*"},
		},
	},
}

// detailPatterns are a language's phrases compiled.
type detailPatterns struct {
	attributes                []attributePatterns
	reduced, asksToDo, owning []pattern
	elsewise                  map[topic][]pattern
}

var detailLexicons = sync.OnceValue(func() map[models.Language]*detailPatterns {
	compiled := map[models.Language]*detailPatterns{}
	for code, words := range detailPhrases {
		d := &detailPatterns{
			reduced: compilePatterns(words.reduced), asksToDo: compilePatterns(words.asksToDo),
			owning: compilePatterns(words.owning), elsewise: map[topic][]pattern{},
		}
		for _, name := range sortedKeys(words.attributes) {
			a := words.attributes[name]
			d.attributes = append(d.attributes, attributePatterns{name, compilePatterns(a.ask), compilePatterns(a.tell)})
		}
		for t, phrases := range words.elsewise {
			d.elsewise[t] = compilePatterns(phrases)
		}
		compiled[code] = d
	}
	return compiled
})
