package answer

// englishServices are what a shop may do for its customers beside selling; see
// policyLanguage.
var englishServices = map[string]aspect{
	"warranty": {
		ask:  []string{"warranty|warranties|warrantied", "guarantee on|for|of|period|last|card", "a|any guarantee", "lifetime|year|years|month|months guarantee|guaranteed"},
		tell: []string{"warrant*|guarantee*"},
	},
	"engraving": {
		ask:  []string{"engrav*|monogram*|inscription*|inscribe*", "initials|name|names|date|dates|message|coordinates|lettering ~ on|onto|inside|into the|it|them|this|that|each|my", "etch|etched ~ on|with|into"},
		tell: []string{"engrav*|monogram*|inscri*|etch*|stamped|personaliz*|personalis*|customiz*|customis*", "=custom name|text|message|date|photo|print|design", "of your choice", "0 letters|initials", "printed with|to"},
	},
	"embroidery": {ask: []string{"embroider*", "stitch|sew ~ name|names|initials|logo"}, tell: []string{"embroider*|personaliz*|personalis*|monogram*"}},
	"personal": {
		ask:  []string{"personalize|personalise|personalized|personalised|personalizing|customize|customise|customizing", "photo|picture|drawing|artwork printed|print|on it|them", "print|put my|our|a photo|picture|artwork|design ~ on"},
		tell: []string{"engrav*|monogram*|inscri*|etch*|stamped|personaliz*|personalis*|customiz*|customis*", "=custom name|text|message|date|photo|print|design", "of your choice", "0 letters|initials", "printed with|to"},
	},
	"tailoring": {
		ask:  []string{"saw|cut|trim|shave|sand|plane|shorten|grind|chop ~ ~ leg|legs|top|edge|edges|inch|inches|cm|bit|length|height", "drill ~ hole|holes|them|it|this", "saw|shave|sand|chop ~ down|off", "hem|hems|hemmed|hemming|alterations|tailored|tailoring|seamstress|shorten|shortened|shortening|lengthen", "alter|altered|altering", "take|taken|taking|let ~ in|up|out ~ waist|sleeves|sides|hem|length", "cut|trim ~ shorter|down to"},
		tell: []string{"hemming|hemmed|alter|alterations|alteration|tailor*|shorten*|lengthen*", "we hem|cut|trim"},
	},
	"bespoke": {
		ask:  []string{"my|our own fabric|material|materials|leather|stone|stones|gold|silver|design|drawing|wood|chain|yarn|scent|wax", "use|with|from|set my|our|grandmas|family|old ~ stone|stones|diamond|fabric|gold|silver|leather", "upholster|upholstered|cover|covered ~ in|with my|our|different|another|other", "bespoke|commission|commissions|commissioned", "made to measure|order", "custom made|size|sized|sizes|fit|cut|order|orders|design|designs|build|built|color|colour|piece|pieces|length|work|job|request|requests", "special order|orders", "cut|made|built|trimmed to size|length|fit|measure", "you make|build|craft|design|create|weave|knit|sew|forge|bake|print ~ me|us|one|custom|for"},
		tell: []string{"bespoke|commission|commissions|commissioned|=custom|customiz*|customis*", "made|cut|built to measure|order|size|length", "to order", "special orders|order"},
	},
	"repair": {
		ask:  []string{"repair|repairs|repaired|repairing|mend|mended|mending|refurbish*|restring*|reupholster*|resole|resoled|resoling|solder|soldered|soldering|reglaze", "restore|restoration ~ my|old|an|antique|vintage", "fix|fixes|fixing ~ broken|old|torn|cracked|ripped|snapped|bent", "get ~ fixed", "sharpen my|our|old|dull|knives|them|blades", "tune|service up|my"},
		tell: []string{"repair*|mend|mended|mending|refurbish*|restor*|restring*|reupholster*|resol*|solder*|sharpen*|replat*|servicing", "we|you fix"},
	},
	"resizing":    {ask: []string{"make|made|making|get|take|bring ~ ~ size|sizes bigger|smaller|larger|up|down", "make|made|get ~ =bigger|=smaller|=tighter|=looser ~ ring|band|finger", "ring|band|signet ~ ~ bigger|smaller|tighter|looser|wider", "adjust|enlarge|shrink|tighten|loosen ~ ring|band|size|it|them", "size|sized|sizing ~ ring|band|it up|down", "size|sized|sizing up|down ~ ring|band|signet", "stretch|stretched|enlarge|enlarged ~ ring|band|size", "ring|band|signet ~ stretched|enlarged|shrunk|tightened|loosened", "resize|resized|resizes|resizing|resizeable|resizable", "size it|them|this|my|the ~ up|down", "stretch my|the|a|it|them|out"}, tell: []string{"resiz*|sizing|stretch*"}},
	"recolouring": {ask: []string{"you ~ paint|repaint|dye|redye|restain|varnish|lacquer|recolor|recolour", "paint|painted|dye|dyed|stain|stained it|them|this|the ~ in|to|another|different*"}, tell: []string{"paint*|dye|dyed|dyeing|varnish*|lacquer*|recolor*"}},
	"replating":   {ask: []string{"replat*|rhodium", "re plate|plated|plating|dip|dipped", "recoat*|reglaz*"}, tell: []string{"replat*|rhodium|recoat*", "re plat*"}},
	"valuation":   {ask: []string{"apprais*|valuation|valuations", "what|how ~ my|old ~ worth", "value my|our|an old"}, tell: []string{"apprais*|valuation*"}},
	"buyback": {
		ask: []string{
			"buy|buying|purchase|purchasing back", "buyback|buybacks|consign|consignment|pawn", "trade|trading in|ins", "tradein|tradeins", "part exchange", "you|shop|guys|store buy|buying|purchase|purchasing|accept|take ~ old|used|scrap|secondhand|pre|preowned|vintage|antique",
			"sell|selling ~ my|our ~ to you", "sell|selling you my|our|some|old|used|scrap", "pay|paying|give ~ per|a|an gram|grams|ounce|kilo", "melt|melted|recast|recycle|reuse|remake ~ my|our|old|down|into", "credit|money|cash|anything for my|our old",
		},
		tell: []string{"buy back", "buyback|consign*", "trade in|ins", "old|used|broken|worn|scrap|your gold|silver|jewelry ~ take|credit|buy|melt", "we buy|accept|take ~ old|used|broken|worn|secondhand", "second hand", "melt|melted|recast"},
	},
	"removal":      {ask: []string{"haul*|disposal|dispose", "take|remove|collect|pick|cart|get ~ my|our|the old", "away|rid ~ my|our|the old"}, tell: []string{"haul*|disposal|dispose*|removal|remove*", "old furniture|mattress|sofa|appliance|one"}},
	"installation": {ask: []string{"you|guys|they|someone|somebody|technician ~ install|hang|mount|assemble", "installation|installing|assembly|mounting|fitting service|services|fee|included|offered|team|available|appointment", "installed by|for", "install|hang|mount|assemble|build it|them|this|that|these|everything ~ for me|us", "electrician|installer|handyman"}, tell: []string{"install*|assembl*|mount*|hang*|electrician", "set up"}},
	"planting":     {ask: []string{"repot*|landscap*|gardener|gardeners", "you ~ plant|pot|mow|prune|trim ~ for|my|our|the", "plant sitting|care service"}, tell: []string{"repot*|landscap*|gardener*", "we plant|pot|prune"}},
	"jobs": {
		ask:  []string{"hiring|vacancy|vacancies|internship|internships|intern|apprentice|apprenticeship|apprenticeships|resume|careers", "job|jobs opening|openings|there|with|at|for|application|available|here", "a|any|part|time|summer|weekend job|jobs", "work|working for|with|at you|your", "need|want|looking ~ staff|workers|employees|helpers|seamstress|drivers", "join the|your team", "position|positions open|available"},
		tell: []string{"hiring|vacanc*|careers|career|job|jobs|apprentic*|internship*|resume*", "join us|our", "work with|for us"},
	},
	"wholesale": {
		ask:  []string{"wholesale*|reseller|resellers|resale|resell|reselling|distributor|distributors|stockist|stockists|b2b|dropship*", "drop ship*", "trade price|prices|pricing|account|accounts|program|programme|discount|discounts", "carry|stock|sell|resell your|these|them|this ~ in|at my|our", "in|at|for my|our own|little|small|gift|new shop|store|boutique|salon|gallery|cafe|restaurant"},
		tell: []string{"wholesale*|resell*|resale|stockist*|b2b|bulk|distributor*|dropship*", "trade account|accounts|price|prices|pricing|customers|program", "business|businesses|company|companies|corporate customers|orders|buyers|clients"},
	},
	"logo":      {ask: []string{"logo|logos|branded|merch", "corporate gifts|gift|gifting|order|orders|account|pricing|discount"}, tell: []string{"logo|logos|branded|branding|corporate|companies"}},
	"partners":  {ask: []string{"=collab|=collabs|collaborate|collaboration|collaborations|influencer|influencers|blogger|ambassador|ambassadors|affiliate|affiliates|sponsor|sponsors|sponsorship|partnership|partnerships|ugc", "partner|partnering with|up", "my|k|000 followers|subscribers", "for|in exchange|return for a|some|posts|post|review|reviews|reel|reels|content|video", "media kit"}, tell: []string{"collab*|influencer*|ambassador*|affiliate*|sponsor*|partner*|creators"}},
	"supply":    {ask: []string{"sell|stock|carry|showcase|feature my|our ~ in|at|through|with you|your", "supplier|suppliers|vendor|vendors|manufacturer|manufacturers ~ for|to|you|looking|apply|become", "i|we make|handmake|craft|produce|manufacture ~ would|will|do|are|can|could you"}, tell: []string{"supplier*|vendor*|consign*|makers"}},
	"rental":    {ask: []string{"rental|rentals|renting", "you|i|we|to rent|lease|borrow|loan", "for rent|hire", "hire ~ for the|a|one weekend|day|event|wedding|night"}, tell: []string{"rent|rental*|rented|renting|lease|borrow|hire"}},
	"classes":   {ask: []string{"classes|workshops|masterclass|masterclasses|lessons|courses|seminar|seminars", "a|any|cooking|making|training|beginners|pottery class|workshop|lesson|course", "you|yall teach|teaching", "learn to|how|from ~ you|your"}, tell: []string{"class|classes|workshops|masterclass*|lesson*|courses|teach*|taught|seminar*"}},
	"events":    {ask: []string{"host|book|hold|throw|rent ~ party|parties|shower|event|events|bachelorette|reception ~ your|you|there|store|studio|shop|at", "catering|cater|caterer", "private|after event|events|party|parties|hours|shopping"}, tell: []string{"event|events|party|parties|catering"}},
	"piercing":  {ask: []string{"you|yall|guys|they|studio|shop|store ~ =pierce|=pierces|piercing|piercings", "pierce my|her|his|our|a|the|babys", "=pierced there|here|by|at|in"}, tell: []string{"pierc*"}},
	"tattoo":    {ask: []string{"permanent jewelry|bracelet|bracelets|welding", "tattoo|tattoos|tattooing"}, tell: []string{"permanent|weld*|tattoo*"}},
	"wrapping":  {ask: []string{"gift wrap*", "giftwrap*", "wrap|wrapped|wrapping ~ it|them|this|as|for|up|gift|present|nice|nicely|pretty|paper"}, tell: []string{"wrap*|giftwrap*|ribbon", "gift box|boxes|bag|bags|packaging|pouch"}},
	"registry":  {ask: []string{"registry|registries"}, tell: []string{"registry|registries"}},
	"students":  {ask: []string{"student|students|teacher|teachers|educator|educators ~ discount|discounts|off|deal|price|pricing|code|rate"}, tell: []string{"student*|teacher*|educat*"}},
	"military":  {ask: []string{"military|veteran|veterans|vet|responder|responders|nurse|nurses|healthcare|firefighter*|police ~ discount|discounts|off|deal|price|pricing|code|rate"}, tell: []string{"military|veteran*|responder*|nurse*|healthcare"}},
	"seniors":   {ask: []string{"senior|seniors|aarp|pensioner|pensioners ~ discount|discounts|off|deal|price|pricing|code|rate"}, tell: []string{"senior|seniors|aarp|pension*"}},
	"designers": {ask: []string{"designer|designers|decorator|decorators|architect|architects|stager|florist|contractor|contractors|professional|professionals|pros ~ discount|discounts|off|deal|price|pricing|program|programme|rate|account"}, tell: []string{"designer*|decorator*|architect*|contractor*", "trade program|programme|pricing|discount|account"}},
	"loyalty":   {ask: []string{"loyalty|vip|membership|rewards program|programme|club|points|card|scheme|tier|member", "reward|rewards|loyalty points", "earn|collect|redeem ~ points", "punch|stamp card", "rewards"}, tell: []string{"loyal*|reward*|vip|membership|members", "earn|collect|redeem ~ points", "points for|per|program"}},
	"referral":  {ask: []string{"referral|referrals", "refer a|my|friends|someone|people", "bring a friend"}, tell: []string{"refer*|friend|friends"}},
	"matching":  {ask: []string{"price match|matching|matches|matched|matcher", "match|beat ~ price|prices|competitor|competitors|amazon|walmart|ebay|target|ikea|etsy", "amazon|walmart|ebay|etsy|target|ikea|elsewhere ~ match|beat|cheaper|less", "haggle|negotiate|negotiable|bargain", "cheaper on|at amazon|walmart|ebay|etsy|target|ikea"}, tell: []string{"=match|=matches|competitor*|negotia*|haggl*", "price match*", "beat ~ price"}},
	"papers":    {ask: []string{"certificate|certificates|certification of|for|with|authenticity|from", "certified by", "conflict free", "fair trade", "fairtrade|kimberley|gia", "ethical|ethically sourcing|sourced|made|mined"}, tell: []string{"certif*|ethic*|fairtrade|gia|kimberley", "fair trade", "conflict free"}},
	"charity":   {ask: []string{"donate|donates|donation|donations|charity|charities|nonprofit|fundraiser|fundraising|raffle|sponsor", "non profit"}, tell: []string{"donat*|charit*|nonprofit|fundrais*"}},
	"franchise": {ask: []string{"franchise|franchises|franchising|investor|investors"}, tell: []string{"franchis*|invest*"}},
	"samples":   {ask: []string{"=swatch|=swatches|=testers", "sample|samples ~ of|send|before|free|fabric|color|pack|size|sizes|try", "free|fabric|send|color|get|request ~ sample|samples"}, tell: []string{"swatch*|tester|testers|sample|samples"}},
	"catalogue": {ask: []string{"catalog|catalogs|catalogue|catalogues|brochure|brochures|lookbook"}, tell: []string{"catalog*|brochure*|lookbook*"}},
	"advice":    {ask: []string{"stylist|styling", "design|home|interior|free consultation|consult|visit|service", "consultation|consultations", "measure my|our|the ~ windows|window|room|house|finger|space|floor", "come ~ measure", "video|virtual call|appointment|tour"}, tell: []string{"stylist*|styling|consult*|appointment*|video", "by arrangement", "we measure", "measuring service"}},
	"insurance": {ask: []string{"insurance|insure|insured|insuring"}, tell: []string{"insur*"}},
	"refill":    {ask: []string{"refill|refills|refilling|refilled"}, tell: []string{"refill*"}},
	"subscribe": {ask: []string{"subscription|subscriptions", "subscribe and|n save", "auto ship|deliver|delivery|refill|renew"}, tell: []string{"subscri*"}},
	"access":    {ask: []string{"parking|wheelchair|wheelchairs|elevator", "dogs|dog|pets|pet allowed|friendly|welcome ~ store|shop|inside", "bring my|our dog|dogs|pet|cat ~ store|shop|studio|showroom|in|inside|with|along"}, tell: []string{"parking|wheelchair*|elevator|accessible|dog|dogs|pets|leash*", "step free", "no steps"}},
	"childcare": {ask: []string{"you|guys|shop babysit|petsit", "pet|dog|cat grooming|boarding|sitting|walking", "groom my|our"}, tell: []string{"groom*|boarding|sitting"}},
}
