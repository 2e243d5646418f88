package content_test

import (
	"fmt"

	"passerelle/content"
)

func ExampleRenderPost() {
	post, err := content.RenderPost("# L'accueil\n\nVoir ![un plan](https://exemple.example/plan.png)", "m7-")
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(post.HTML)
	// Output:
	// <h3 id="m7-l-accueil">L’accueil</h3>
	// <p>Voir <a href="https://exemple.example/plan.png" rel="nofollow ugc noopener">un plan</a></p>
}

func ExampleLoad() {
	library, err := content.Load(content.Embedded)
	if err != nil {
		fmt.Println(err) // every fault, with file and line
	}
	for _, u := range library.UseCases {
		if u.Slug == "coco-velten" {
			fmt.Println(u.Maturity().Label(), u.Phases[0].Start)
		}
	}
	// Output: Terminé 2019-04-12
}

func ExampleSlug() {
	fmt.Println(content.Slug("L’œuvre de Saint-Étienne"))
	// Output: l-oeuvre-de-saint-etienne
}
