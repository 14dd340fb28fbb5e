module drogman/bench

go 1.26.0

require (
	drogman v0.0.0
	golang.org/x/text v0.43.0
)

require gopkg.in/yaml.v3 v3.0.1 // indirect

replace drogman => ../
