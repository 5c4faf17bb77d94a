package lexicon

import (
	"strings"

	"kedai/models"
)

// stopWords holds, without accents, the words that say nothing of what is
// looked for: those of grammar, and those of asking for something in a chat.
// Letters that are sizes (s, m, l, p, g) aren't among them.
var stopWords = map[models.Language]map[string]bool{
	models.English: set(`
		a an the this that these those some any each every other another such own same all both few more most much many
		i me my mine we us our ours you your yours he him his she her hers it its they them their theirs one ones
		am is are was were be been being do does did done doing have has had having can could may might must shall should will would
		i'm i've i'd i'll you're you've you'd we're we've they're it's that's there's what's who's where's how's let's
		don't doesn't didn't isn't aren't wasn't won't can't couldn't wouldn't shouldn't haven't hasn't
		im ive id ill youre dont doesnt didnt isnt arent cant whats
		and or but if then else than so because while as until of at by for with about into through during before after to from in on off over under
		again once here there when where why how what which who whom whose not no nor only just also too very now ever still
		please hi hello hey thanks thank ok okay yes yeah want wanted need like looking look find show tell know get got see let
		something anything someone anyone u ur pls plz`),
	models.Spanish: set(`
		el la los las lo un una unos unas al del este esta esto estos estas ese esa eso esos esas aquel aquella aquello
		yo me mi mis mio mia tu te ti tus tuyo usted ustedes el ella ellos ellas nos nosotros nuestro nuestra se si le les su sus suyo os vosotros
		soy eres es somos son era eran fue fueron ser sido siendo sea sean estoy estas esta estamos estan estaba estar estado
		he has ha hemos han habia hay haber hubo tengo tienes tiene tenemos tienen tener tenia puedo puedes puede podemos pueden podria podrian poder
		hago haces hace hacen hacer quiero quieres quiere quieren querer quisiera queria necesito necesita necesitas busco buscando buscar
		y e o u ni pero sino que porque pues como cuando donde cual cuales quien quienes cuanto cuanta cuantos cuantas mientras aunque
		a ante con contra de desde en entre hacia hasta para por segun sin sobre tras durante
		no ya muy mas menos tan tanto tambien tampoco solo aqui ahi alli asi ahora luego entonces algo alguno alguna algun algunos algunas
		todo toda todos todas otro otra otros otras mismo misma cada mucho mucha muchos muchas poco nada nadie ningun ninguna
		voy va vas vamos pa hola buenas buenos dias tardes noches gracias favor porfa ok vale saber decir dime digame muestrame ver gustaria`),
	models.Portuguese: set(`
		o a os as um uma uns umas ao aos do da dos das no na nos nas num numa pelo pela pelos pelas de em por para com sem sob sobre entre ate desde
		este esta isto estes estas esse essa isso esses essas aquele aquela aquilo deste desta disso desse dessa neste nesta nesse nessa
		eu me mim meu minha meus minhas tu te ti teu tua voce voces vc vcs ele ela eles elas nos nosso nossa se si lhe lhes seu sua seus suas
		sou e somos sao era eram foi foram ser sido seja estou esta estamos estao estava estar ta to
		tenho tem temos tinha ter teve ha haver houve posso pode podemos podem poderia poderiam poder
		faco faz fazem fazer quero quer querem querer queria gostaria preciso precisa procuro procurando buscando busco
		ou mas porem que porque pois como quando onde qual quais quem quanto quanta quantos quantas enquanto embora se nem
		nao ja muito muita muitos muitas mais menos tao tanto tambem so aqui ai ali la assim agora depois entao algo algum alguma alguns algumas
		todo toda todos todas tudo outro outra outros outras mesmo mesma cada pouco nada ninguem nenhum nenhuma
		pra pro pras pros vou vai vao ficar ficou ola oi bom boa dia tarde noite obrigado obrigada favor pf ok sim saber dizer diga mostre ver`),
	models.Russian: set(`
		и а но или да же ли бы б ни не нет что чтобы как так если когда где куда откуда почему зачем потому поэтому хотя пока чем то
		в во на с со к ко по за из изо от ото до для при про под над у о об обо без через между перед после около
		я меня мне мной мы нас нам нами ты тебя тебе тобой вы вас вам вами он его него ему нему им ним она ее нее ей ней они их них ими
		мой моя мое мои моего моей моих твой твоя ваш ваша ваше ваши вашего вашей вашем ваших наш наша наше наши свой своя свое свои себя себе
		это этот эта эти этого этой этому этим этом этих тот та те того той тому тем том тех такой такая такое такие там тут здесь вот
		кто кого кому кем чего чему какой какая какое какие какого какой каком каких который которая которое которые сколько
		был была было были быть есть будет будут буду бывает можно могу может можете можем могут мочь нужно нужен нужна нужны надо
		хочу хотел хотела хотим хотите хотелось ищу искать подскажите скажите покажите расскажите посоветуйте узнать дайте
		все всё весь вся всего всех всем уже еще очень только также тоже лишь даже ну вообще просто сейчас теперь потом тогда
		какой-нибудь что-нибудь что-то кто-то нибудь либо
		привет здравствуйте добрый день вечер утро спасибо пожалуйста ок ладно`),
}

func set(list string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		words[fold(normal.Replace(word))] = true
	}
	return words
}
