package answer

import "kedai/models"

var english = language{
	code:     models.English,
	nounLast: true,
	endings:  "s es ed ing er ly ies y e est able",
	stop: `a an the and or but if of to in on at for with from by about into out up down as is are was were be been am
		it its this that these those they them their he she his her him i im me my mine we us our ours you your yours u ur
		do does did done dont doesnt didnt have has had havent got get gets getting can could would will shall should may might must
		what whats which who whom when where how why there theres here please pls plz thanks thank hi hello hey ok okay oh well
		just so too very really also any some one ones no not yes yeah yep nope then than now right rn lol haha hmm um
		want wanted need needs needed looking look looks like know tell show give see say said think guess let lets
		ive id ill youre youve dont cant wont isnt arent guys guy man bro sir madam dear shop store buy bought order still
		more most much many lot bit few other another same else thing things stuff something anything way
		long take takes going go goes come comes make made kind sort type cost costs price prices priced pay
		available availability stock left old new today currently question actually maybe only even because thats
		sell sells carry offer sure both all each per around over under ago last usually hope btw wondering random
		mom dad wife husband friend sister brother daughter son birthday before after again until quick`,
	slang: map[string]string{
		"u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "n": "and", "w": "with", "thx": "thanks",
		"ty": "thanks", "tysm": "thanks", "hru": "hello", "hw": "how", "wht": "what", "wats": "whats", "wat": "what",
		"gimme": "give", "wanna": "want", "gonna": "going", "smth": "something", "abt": "about", "hwo": "how",
		"delivry": "delivery", "avail": "available", "avl": "available", "pic": "photo", "tho": "though", "b4": "before",
		"muhc": "much", "prce": "price", "pirce": "price", "cuz": "because", "msg": "message", "hrs": "hours", "med": "medium",
		"gray": "grey", "jewellery": "jewelry", "color": "colour", "colors": "colours", "$$": "money", "2nd": "second", "1st": "first",
	},
	synonyms: []string{
		"trousers pants", "jumper sweater pullover", "shoes sneakers trainers", "sofa couch", "rug carpet", "tee tshirt",
		"wash washing washed laundry washable", "waterproof rain rainproof", "cup mug", "duvet comforter", "exchange swap swapped",
		"canceled cancelled cancel", "free gratis", "second 2nd another", "money refund", "installments instalments split",
		"fit fits", "phone telephone", "warranty guarantee", "dimensions measurements", "material fabric", "bulb lightbulb",
	},
	askers:     "how what whats which who when where why do does did can could is are will would may any hows wheres whens",
	joiners:    "and also plus n but or",
	references: "it its they them this that these those he she",
	followUps:  []string{"and", "what about", "how about", "ok and", "or", "then", "so", "ok how"},
	intents: map[models.Intent][]string{
		models.IntentGreeting: {"hi", "hey|heya", "hello|hallo|helo", "good morning|afternoon|evening|day", "howdy", "greetings", "anyone here|there", "anybody here|there"},
		models.IntentThanks:   {"thanks|thank|thanx", "appreciate it|that|you", "cheers", "ty"},
		models.IntentGoodbye:  {"bye|goodbye|byebye", "see you", "have a good|nice|great day|one|evening|weekend", "good night", "take care"},
		models.IntentHuman: {
			"talk|speak|chat|connect|transfer|pass ~ human|person|agent|representative|rep|someone|somebody|manager|operator|people|supervisor",
			"real|live|actual human|person|agent", "human|live agent|support|being|person|operator", "get|want|need me a human|person|agent|manager", "want|need|get ~ human|operator|representative",
			"put me through", "call ~ manager|supervisor", "customer service|support ~ please", "not a|another bot|robot", "human please|now", "representative", "operator please",
			"speak to the owner|manager", "is there a person|human", "person not ~ bot|robot",
			"want|prefer a person", "can|could|may|would a person|human ~ answer|reply|respond|call|help|write|contact", "someone|somebody ~ call|phone|contact me|us|back", "someone|somebody|anyone|anybody ~ talk|speak|chat to|with", "member of staff", "talk|speak|chat ~ staff",
			"dont|not|stop ~ talk|talking|speak|speaking|chat|chatting ~ bot|robot|chatbot|machine",
		},
		models.IntentOffTopic: {
			"weather ~ today|tomorrow|like|forecast|weekend", "weather forecast", "hows the weather", "write|code|program ~ poem|python|code|essay|script|story|function|program|song", "tell me|us a joke|story|poem", "a joke",
			"who|whom ~ president|election|elections|vote", "politics|politician|politicians", "bitcoin|crypto|stocks ~ buy|sell|invest|price|now", "should i buy|sell|invest bitcoin|crypto|stocks",
			"recipe|recipes", "capital of", "who will|won|wins ~ cup|league|match|game|election", "homework|essay", "solve|calculate this|the equation|integral",
			"translate this|the|into|to", "horoscope|astrology", "meaning of life", "ignore|forget|disregard ~ instructions|prompt|rules", "system prompt|update|message|override", "pretend|act you|as|like", "your instructions|prompt", "poem", "world cup", "football|soccer score|match|game",
		},
		models.IntentOrderStatus: {
			"my order|package|parcel|shipment|delivery|orders", "order ~ 000", "# 000", "update|news on 000", "where is|are ~ order|package|parcel|shipment", "wheres ~ order|package|parcel", "order number|no|# ~", "order status", "what did ~ buy|order",
			"track|tracking ~ order|package|parcel|number|#", "orders status", "has ~ shipped|dispatched", "did ~ ship yet", "when will ~ arrive|get here", "update on ~ order",
		},
		models.IntentCompare:       {"vs|versus", "compare|comparison", "difference between", "better|cheaper|warmer|bigger ~ or", "which ~ better|cheaper|warmer|bigger|more|less"},
		models.IntentRecommend:     {"recommend*|suggest*", "looking for", "gift|present for", "something for", "ideas for", "what ~ do you have under|for", "which ~ should i", "best ~ for", "show me", "need|want a|an|some|something", "max|budget|cheapest", "under $"},
		models.IntentProductPrice:  {"how much|mutch|muc", "price*|pricing", "cost*", "what ~ going for", "on sale", "whats the damage", "expensive", "discounted", "reduced"},
		models.IntentProductStock:  {"in stock", "out of stock", "sold out", "available|availability", "do you|guys ~ have|carry|sell|stock", "have you got", "you got", "is|are there ~ left", "any ~ left", "how many ~ left|have|got|stock", "have it|them|this|that in", "come|comes|get|have in", "still have|got|there", "can i order|buy|get", "back in stock", "got ~ in", "is it|that in"},
		models.IntentProductDetail: {"tell me|us ~ about", "describe|description", "details|detail", "what is|are ~ made", "made of|from|in", "material*", "dimensions|size of|measurements|measure", "how big|large|tall|wide|heavy|thick|long is|are|does|do", "what ~ size|colour|color ~ is|fits", "weigh|weight", "machine wash*|washable|wash", "waterproof", "more information|info"},
		models.IntentPolicy:        {"policy|policies"},
	},
	personAlone: []string{"human|person|agent|manager", "a person", "person please", "a|an person|agent please"},
	topicNames: map[topic]string{
		topicShipping: "shipping", topicReturns: "return", topicRefunds: "refund", topicExchanges: "exchange", topicPayment: "payment", topicHours: "hours", topicContact: "contact", topicPickup: "pick-up", topicWarranty: "warranty", topicGiftCard: "gift card", topicSizes: "size guide", topicCare: "care", topicPromotion: "promotion",
	},
	topics: map[topic][]string{
		topicShipping:  {"ship*", "deliver*", "postage", "courier", "send to", "customs|duties"},
		topicReturns:   {"return|returns|returned|returning", "send ~ back", "bring ~ back", "faulty|damaged|defective|broken ~ arrived|item|items|order"},
		topicRefunds:   {"refund*", "money back", "my money", "cancel*", "reimburse*"},
		topicExchanges: {"exchang*", "swap*", "change the size", "different size instead"},
		topicPayment:   {"payment*", "installments|instalments|klarna|afterpay|paypal|visa|mastercard|amex|crypto", "pay by|with|in|on|using|via", "credit|debit card", "cash", "how can i pay", "split ~ payment", "apple|google pay", "invoice*", "vat|tax|taxes"},
		topicHours:     {"hours", "open|close|opening|closing ~ today|sunday|saturday|weekend|until|at|time|times|when", "when|what time ~ open|close|closing", "are you open"},
		topicContact:   {"phone number", "contact", "email address", "your address|location", "where are you|located", "call you", "showroom", "physical store|shop", "visit you"},
		topicPickup:    {"pick up|it", "pickup", "collect ~ store|shop|myself|showroom", "click and collect"},
		topicWarranty:  {"warranty|guarantee|warranties"},
		topicGiftCard:  {"gift card|cards|voucher|vouchers|certificate"},
		topicSizes:     {"size chart|guide", "between two sizes", "sizing", "what size should|do i"},
		topicCare:      {"care for|instructions|guide", "take care of", "how ~ clean|wash"},
		topicPromotion: {"promo*", "discount*", "coupon*", "voucher code|codes", "code|codes ~ working|work|works|valid|expired|checkout|isnt", "sale code", "deals|deal", "any|special|current|your offers", "promotions|special offer", "newsletter"},
	},
	howMany:  []string{"how many"},
	howMuch:  []string{"how much", "cost*", "price*", "fee*", "minimum|min", "amount", "free ~ over|above|from", "who pays", "charge*"},
	howLong:  []string{"how long", "how many days|weeks|hours|months", "when", "how soon|fast", "deadline", "what time", "hours", "until when", "days"},
	timeUnit: []string{"day|days|hour|hours|week|weeks|month|months|minutes|year|years", "am|pm"},
	upTo:     []string{"under|below|max|maximum|within", "up to", "budget ~ of|is|around", "budget", "less|cheaper than", "no more than", "not over"},
	pieces:   []string{"pairs|pair|pieces|piece|pcs|units|unit|items|sets|copies|of"},
	sizes: map[string][]string{
		"XS": {"xs", "xsmall"}, "S": {"s", "small"}, "M": {"m", "medium"}, "L": {"l", "large"},
		"XL": {"xl", "xlarge"}, "XXL": {"xxl", "2xl", "xxlarge"}, "XXXL": {"xxxl", "3xl"},
	},
	sizeMarks: "size sizes in a an us eu uk wears wear takes",
	colours: map[string][]string{
		"black": {"black"}, "white": {"white"}, "grey": {"grey|gray"}, "red": {"red"}, "blue": {"blue"}, "navy": {"navy"}, "green": {"green"},
		"yellow": {"yellow"}, "orange": {"orange"}, "pink": {"pink"}, "purple": {"purple|violet"}, "brown": {"brown"}, "beige": {"beige"},
		"ivory": {"ivory"}, "cream": {"cream"}, "gold": {"gold|golden"}, "silver": {"silver"}, "turquoise": {"turquoise|teal"},
	},
	attributes: map[string]attribute{
		"dimension":   {ask: []string{"how big|large|tall|wide|long|thick|deep|high", "dimensions|measurements|measure", "what size is|are", "diameter|height|width|length|depth|thickness"}, tell: []string{"0 cm|mm|m|in|inch|inches|ft"}},
		"weight":      {ask: []string{"weigh*", "how heavy"}, tell: []string{"weigh*", "0 g|kg|oz|lb|lbs"}},
		"capacity":    {ask: []string{"capacity|volume", "how much ~ hold|holds", "how many ml|ounces|oz|litres|liters"}, tell: []string{"capacity|holds", "0 ml|l|oz|litres|liters|litre"}},
		"temperature": {ask: []string{"temperature*", "how cold|warm|hot", "degrees"}, tell: []string{"0 c|f|degrees", "rated to"}},
		"material":    {ask: []string{"material*|fabric", "made of|from|out", "what is|are ~ made", "which|what ~ leather|wood|metal|fabric"}, tell: []string{"cotton|wool|silk|linen|leather|lambskin|cowhide|polyester|nylon|viscose|cashmere|down|denim", "oak|pine|walnut|bamboo|wood|wooden|steel|brass|iron|aluminium|aluminum|ceramic|stoneware|porcelain|glass|clay|marble|rattan|jute|rubber|plastic|silicone|paper|cork"}},
		"care":        {ask: []string{"wash*|dishwasher|microwave*|tumble|iron|ironed", "machine wash*", "clean|cleaned|cleaning"}, tell: []string{"wash*|dishwasher|microwave*|tumble", "dry clean*", "wipe|cleaning"}},
		"water":       {ask: []string{"waterproof*|water resistant|rainproof", "rain"}, tell: []string{"waterproof*|water"}},
		"power":       {ask: []string{"battery|charge|charges|charging|bulb|watt|watts|plug|voltage"}, tell: []string{"battery|charge|charges|charging|usb|bulb|watt|watts|w|led|volt|volts"}},
		"fit":         {ask: []string{"true to size", "run|runs|fit|fits ~ small|large|big|tight|size"}, tell: []string{"runs small|large|big", "true to size", "size up|down"}},
	},
	facets: englishFacets, orders: englishOrders, calendar: englishCalendar,
	say: sayings{
		quoteOpen: "“", quoteClose: "”",
		greeting: []string{
			"Hello and welcome to {shop}! What can I help you with?",
			"Hi there, this is {shop}. How can I help you today?",
			"Hello! You've reached {shop}. What are you looking for?",
		},
		thanks:  []string{"You're welcome! Just write if you need anything else.", "My pleasure. Is there anything else I can help with?", "Happy to help!"},
		goodbye: []string{"Goodbye, and thank you for writing to us!", "Thank you and see you soon!", "Have a lovely day!"},
		decline: []string{
			"Sorry, I can't help with that. I'm here for questions about our products, delivery, returns and payment.",
			"That's outside what I can do here. I'm glad to help with our products, delivery or returns, though.",
		},
		hello:         []string{"Hi!", "Hello!"},
		price:         "{title} costs {price}.",
		priceOption:   "{title} ({option}) costs {price}.",
		priceRange:    "{title} costs from {low} to {high}, depending on the option.",
		was:           "It is reduced: it was {was} before.",
		inStock:       "Yes, {title} is in stock.",
		outOfStock:    "Sorry, {title} is out of stock right now.",
		inOption:      "Yes, {title} is in stock in {option}.",
		outOption:     "Sorry, {title} in {option} is out of stock right now.",
		someStock:     "{title} is in stock in: {in}. Out of stock: {out}.",
		allStock:      "Yes, {title} is in stock in: {in}.",
		noStock:       "Sorry, {title} is out of stock right now in: {out}.",
		count:         "We have {count} left.",
		enough:        "Yes, we have {count} of them.",
		notEnough:     "We don't have {count} of them right now.",
		alternatives:  "In stock: {in}.",
		unknownOption: "{title} doesn't come in that option. It comes in: {list}.",
		recommend:     []string{"You may like these:", "Here is what fits:"},
		compare:       []string{"Here they are side by side:", "A quick comparison:"},
		whichProduct:  "Which product do you mean?",
		whichOf:       "Which one do you mean: {list}?",
	},
}
