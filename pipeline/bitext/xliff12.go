package bitext

func (r *xliffReader) read12(root *xmlToken) error {
	return r.fault("xliff-version", root.get("version"), "2.0, 2.1, 2.2")
}
